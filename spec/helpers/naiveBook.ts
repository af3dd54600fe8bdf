import type { DepthSnapshot } from '../../lib/events/DepthSnapshot.js'
import type { DepthUpdate } from '../../lib/events/DepthUpdate.js'
import type { Levels } from '../../lib/codecs/Levels.js'

/** A book as one would first write it: two maps, sorted whenever somebody asks. */
export interface NaiveBook {
  lastUpdateId: number
  readonly bids: Map<string, string>
  readonly asks: Map<string, string>
}

const apply = (side: Map<string, string>, levels: Levels) => {
  for (const [price, quantity] of levels) {
    if (Number(quantity) === 0) side.delete(price)
    else side.set(price, quantity)
  }
}

/** `before` are the updates that came before the snapshot: some may be newer than it. */
export const naiveBook = ({ lastUpdateId, bids, asks }: DepthSnapshot, before: readonly DepthUpdate[]): NaiveBook => {
  const book = { lastUpdateId, bids: new Map<string, string>(), asks: new Map<string, string>() }
  apply(book.bids, bids)
  apply(book.asks, asks)
  for (const update of before) applyNaively(book, update)
  return book
}

/** Applies what the snapshot does not have; the venue's recordings have no gap. */
export const applyNaively = (book: NaiveBook, { lastUpdateId, bids, asks }: DepthUpdate): void => {
  if (lastUpdateId <= book.lastUpdateId) return
  apply(book.bids, bids)
  apply(book.asks, asks)
  book.lastUpdateId = lastUpdateId
}

const sorted = (side: Map<string, string>, direction: 1 | -1) =>
  [...side]
    .map((level) => ({ level, price: Number(level[0]) }))
    .sort((a, b) => direction * (a.price - b.price))
    .map(({ level }) => level)

export const naiveBids = ({ bids }: NaiveBook) => sorted(bids, -1)
export const naiveAsks = ({ asks }: NaiveBook) => sorted(asks, 1)
