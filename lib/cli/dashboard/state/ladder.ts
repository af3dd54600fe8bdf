import type { BookLevel, BookState } from 'aster-rx/core'

/** A price of the book. Price and quantity are the venue's own texts. */
export interface Rung {
  readonly price: string
  readonly quantity: string
  /** All that is offered up to this price. */
  readonly total: number
}

/** The best of both sides, best first. */
export interface Ladder {
  readonly bids: readonly Rung[]
  readonly asks: readonly Rung[]
  readonly mid: number | undefined
  readonly spread: number | undefined
  /** What its stream has not confirmed for a while. */
  readonly isStale: boolean
}

const rungs = (levels: readonly BookLevel[]): readonly Rung[] => {
  let total = 0
  return levels.map(({ price, quantity }) => ({ price, quantity, total: (total += Number(quantity)) }))
}

/** Reads the last state of a book, now; `undefined` where it cannot be read. */
export const ladderOf = (state: BookState, depth: number): Ladder | undefined => {
  if (state._tag === 'Syncing') return undefined
  const { book } = state
  return {
    bids: rungs(book.bids(depth)),
    asks: rungs(book.asks(depth)),
    ...{ mid: book.mid, spread: book.spread, isStale: state._tag === 'Stale' },
  }
}

/** The largest total, which is as wide as there is room. */
export const largestTotal = ({ bids, asks }: Ladder): number =>
  Math.max(bids.at(-1)?.total ?? 0, asks.at(-1)?.total ?? 0)

/** How many decimals a price or a quantity is written with. */
export const decimalsOf = (text: string): number => {
  const point = text.indexOf('.')
  return point < 0 ? 0 : text.length - point - 1
}
