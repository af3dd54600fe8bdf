import type { Signal } from '../../Signal.js'
import { UNTIMED, type Batch } from './Batch.js'

/** So many signals make a batch. */
const BATCH = 1024

/** Where the reading of one file is. */
interface Head {
  readonly order: number
  readonly reader: AsyncIterator<Batch>
  batch: Batch
  at: number
  /** The latest time so far: what goes back within its file stays behind what came before it. */
  time: number
}

const isFirst = (a: Head, b: Head | undefined) =>
  b === undefined || a.time < b.time || (a.time === b.time && a.order < b.order)

/** Goes to the next signal of the batch, if there is one. */
const step = (head: Head): boolean => {
  head.at += 1
  head.time = Math.max(head.time, head.batch.times[head.at] ?? UNTIMED)
  return head.at < head.batch.times.length
}

/** Goes to the first signal of the next batch that has one; false at the end of the file. */
const refill = async (head: Head): Promise<boolean> => {
  for (let next = await head.reader.next(); next.done !== true; next = await head.reader.next()) {
    head.batch = next.value
    head.at = -1
    if (step(head)) return true
  }
  return false
}

/** All files at once, by time; equal times in the order of the files. Memory holds one chunk of each. */
export async function* mergedByTime(readers: readonly AsyncGenerator<Batch, void>[]): AsyncGenerator<Batch, void> {
  const empty: Batch = { signals: [], times: [] }
  const heads: Head[] = []
  const insert = (head: Head) => {
    const place = heads.findIndex((other) => isFirst(head, other))
    heads.splice(place < 0 ? heads.length : place, 0, head)
  }
  let signals: Signal[] = []
  let times: number[] = []
  try {
    const all = readers.map((reader, order): Head => ({ order, reader, batch: empty, at: 0, time: UNTIMED }))
    const alive = await Promise.all(all.map(refill))
    all.filter((_, order) => alive[order]).forEach(insert)
    for (let head = heads.shift(); head !== undefined; head = heads.shift()) {
      let more = true
      while (more && isFirst(head, heads[0])) {
        const signal = head.batch.signals[head.at]
        if (signal !== undefined) signals.push(signal)
        times.push(head.batch.times[head.at] ?? UNTIMED)
        more = step(head) || (await refill(head))
        if (signals.length < BATCH) continue
        yield { signals, times }
        signals = []
        times = []
      }
      if (more) insert(head)
    }
    yield { signals, times }
  } finally {
    await Promise.all(readers.map((reader) => reader.return(undefined)))
  }
}
