import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

type Level = readonly [price: string, quantity: string]

interface Snapshot {
  readonly lastUpdateId: number
  readonly bids: readonly Level[]
  readonly asks: readonly Level[]
}

interface Update {
  readonly u: number
  readonly b: readonly Level[]
  readonly a: readonly Level[]
}

/** What a ladder shows of a book: prices and quantities, best first. */
interface Best {
  readonly bids: readonly Level[]
  readonly asks: readonly Level[]
}

interface RecordedRow {
  readonly _tag?: 'Reply'
  readonly text?: string
  readonly stream?: string
  readonly data?: Update
}

/**
 * The books that a recording of one symbol makes until a time, read from its lines by hand: the snapshot, and then each
 * update that is newer, in the order of the file. Of each the best `depth` levels.
 */
export const recordedBooks = (path: string, until: number, depth: number): readonly Best[] => {
  const rows = gunzipSync(readFileSync(path))
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .filter((line) => Number(line.slice(0, line.indexOf(' '))) < until)
    .map((line) => JSON.parse(line.slice(line.indexOf(' '))) as RecordedRow)
  const reply = rows.find(({ _tag }) => _tag === 'Reply')
  const snapshot = JSON.parse(reply?.text ?? '') as Snapshot
  const [bids, asks] = [new Map(snapshot.bids), new Map(snapshot.asks)]
  const best = (side: ReadonlyMap<string, string>, sign: 1 | -1): readonly Level[] =>
    [...side].toSorted(([one], [other]) => sign * (Number(one) - Number(other))).slice(0, depth)
  const books: Best[] = [{ bids: best(bids, -1), asks: best(asks, 1) }]
  for (const { stream, data } of rows) {
    if (stream?.includes('@depth') !== true || data === undefined || data.u <= snapshot.lastUpdateId) continue
    for (const [side, levels] of [[bids, data.b] as const, [asks, data.a] as const])
      for (const [price, quantity] of levels)
        if (Number(quantity) === 0) side.delete(price)
        else side.set(price, quantity)
    books.push({ bids: best(bids, -1), asks: best(asks, 1) })
  }
  return books
}
