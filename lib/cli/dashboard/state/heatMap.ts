import type { BookState } from 'aster-rx/core'

/** A book at one moment: prices and quantities as numbers, best first. */
export interface Column {
  readonly at: number
  /** `undefined` where the book could not be read. */
  readonly book: ColumnBook | undefined
  /** Its stream had brought nothing for longer than usual. */
  readonly isStale: boolean
}

export interface ColumnBook {
  readonly bids: Float64Array
  readonly asks: Float64Array
  readonly bid: number
  readonly ask: number
}

/** So many levels of each side are kept. */
const LEVELS = 100

const pairs = (levels: readonly { readonly price: string; readonly quantity: string }[]): Float64Array =>
  Float64Array.from(levels.flatMap(({ price, quantity }) => [Number(price), Number(quantity)]))

/** Reads the last state of a book, now. */
export const columnOf = (state: BookState | undefined, at: number): Column => {
  if (state === undefined || state._tag === 'Syncing') return { at, book: undefined, isStale: false }
  const { book } = state
  const isStale = state._tag === 'Stale'
  const [bids, asks] = [pairs(book.bids(LEVELS)), pairs(book.asks(LEVELS))]
  const [bid, ask] = [bids[0] ?? asks[0], asks[0] ?? bids[0]]
  return { at, book: bid === undefined || ask === undefined ? undefined : { bids, asks, bid, ask }, isStale }
}

/** Columns, oldest first. */
export type Columns = readonly Column[]

export const withColumn = (columns: Columns, column: Column, most: number): Columns => [...columns, column].slice(-most)

/** The prices that are shown, from the lowest to the highest. */
export interface Range {
  readonly low: number
  readonly high: number
}

/** How far the outermost of the `depth` best levels lies from the middle, at most. */
const reach = ({ bids, asks, bid, ask }: ColumnBook, depth: number): number => {
  const mid = (bid + ask) / 2
  const last = (side: Float64Array) => side[Math.min(side.length, 2 * depth) - 2] ?? mid
  return Math.max(mid - last(bids), last(asks) - mid)
}

/**
 * The range to show: the one before as long as the middle of the book lies within its inner half and its levels fill it
 * neither too little nor too much, so that what is drawn can stay where it is.
 */
export const rangeOf = (before: Range | undefined, book: ColumnBook, depth: number): Range => {
  const mid = (book.bid + book.ask) / 2
  const wanted = Math.max(reach(book, depth), mid * 1e-6) * 1.5
  if (before !== undefined) {
    const half = (before.high - before.low) / 2
    const isInside = Math.abs(mid - (before.low + half)) < half / 2
    if (isInside && wanted < half * 2 && wanted > half / 4) return before
  }
  return { low: mid - wanted, high: mid + wanted }
}

/** Adds the quantities of each row of a picture, the highest price on top. */
export const rowsOf = ({ bids, asks }: ColumnBook, { low, high }: Range, count: number): Float64Array => {
  const rows = new Float64Array(count)
  for (const side of [bids, asks])
    for (let i = 0; i < side.length; i += 2) {
      const row = Math.floor(((high - (side[i] ?? NaN)) / (high - low)) * count)
      if (row >= 0 && row < count) rows[row] = (rows[row] ?? 0) + (side[i + 1] ?? 0)
    }
  return rows
}
