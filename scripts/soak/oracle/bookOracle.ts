import type { BookState } from '../../../lib/operators/BookState.js'
import type { DepthSnapshot } from '../../../lib/events/DepthSnapshot.js'
import type { Report } from './Finding.js'

/** Compares what the client says of one symbol's book with what the venue's book was at the same update. */
export interface BookOracle {
  /** The venue's book as it is. */
  readonly truth: (book: DepthSnapshot) => void
  readonly said: (state: BookState) => void
  readonly counts: () => { readonly books: number; readonly whole: number }
}

/** How many of the venue’s books are kept: a minute of them, since a client that slept reads what came meanwhile. */
const KEPT = 600

/** Levels a side that are compared every time; all of them are compared each `WHOLE` times and first of all. */
const TOP = 5
const WHOLE = 10

type Sides = Pick<DepthSnapshot, 'bids' | 'asks'>

const written = ({ bids, asks }: Sides, most = Infinity): string =>
  [bids, asks]
    .map((side) =>
      [...side]
        .slice(0, most)
        .map(([price, quantity]) => `${price} ${quantity}`)
        .join(),
    )
    .join('|')

export const bookOracle = (symbol: string, report: Report): BookOracle => {
  /** By update id; ids may begin anew. */
  const truths = new Map<number, readonly Sides[]>()
  /** Of books that are not kept any more: one whose stream is dead, or whose snapshots were frozen, may show such a one. */
  const forgotten = new Set<number>()
  let books = 0
  let whole = 0
  let wasSynced = false

  return {
    counts: () => ({ books, whole }),
    truth: ({ lastUpdateId, bids, asks }) => {
      const known = truths.get(lastUpdateId) ?? []
      truths.delete(lastUpdateId)
      truths.set(lastUpdateId, [...known.slice(-1), { bids, asks }])
      const [oldest] = truths.keys()
      if (truths.size > KEPT && oldest !== undefined && truths.delete(oldest)) forgotten.add(oldest)
    },
    said: (state) => {
      if (state._tag === 'Syncing') {
        wasSynced = false
        return
      }
      const { book, top } = state
      const { lastUpdateId } = book
      const updateId = state._tag === 'Synced' ? state.update?.lastUpdateId : undefined
      if (updateId !== undefined && updateId !== lastUpdateId)
        report('book', `${symbol}: the book is at ${lastUpdateId} and its update at ${updateId}`)
      const candidates = truths.get(lastUpdateId) ?? []
      const isWhole = !wasSynced || books % WHOLE === 0
      const most = isWhole ? Infinity : TOP
      const snapshot = isWhole ? book.toSnapshot() : { bids: pairs(book.bids(TOP)), asks: pairs(book.asks(TOP)) }
      const ours = written(snapshot, most)
      books += 1
      if (isWhole) whole += 1
      wasSynced = true
      if (top.bid?.price !== book.bestBid?.price || top.ask?.price !== book.bestAsk?.price)
        report('book', `${symbol} at ${lastUpdateId}: its top is not that of its book`)
      if (candidates.some((sides) => written(sides, most) === ours)) return
      // No update has come since: from the stream, or since the snapshot.
      if (updateId === undefined && candidates.length === 0 && forgotten.has(lastUpdateId)) return
      report(
        'book',
        `${symbol}, ${state._tag} at ${lastUpdateId}${updateId === undefined ? '' : ' by an update'}: ${difference(ours, candidates.at(-1))}`,
      )
    },
  }
}

const pairs = (levels: readonly { readonly price: string; readonly quantity: string }[]) =>
  levels.map(({ price, quantity }) => [price, quantity] as const)

const difference = (ours: string, truth: Sides | undefined): string => {
  if (truth === undefined) return 'the venue never had a book of this id'
  const [mine, theirs] = [ours.split(/[,|]/), written(truth).split(/[,|]/)]
  const place = mine.findIndex((level, i) => level !== theirs[i])
  return `level ${place} is ${mine[place] ?? 'none'} and should be ${theirs[place] ?? 'none'}`
}
