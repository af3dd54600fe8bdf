import type { Decimal } from '../codecs/Decimal.js'
import type { Level } from '../codecs/Levels.js'

/** One price and what is offered at it, as the venue's own texts. */
export interface BookLevel {
  /** In the quote asset. */
  readonly price: Decimal
  /** In the base asset. */
  readonly quantity: Decimal
}

/** An immutable copy of a book, in the shape of a `DepthSnapshot` event: best first. */
export interface BookSnapshot {
  /** Upper case, as the venue writes it: `BTCUSDT`. */
  readonly symbol: string
  /** The id of the last update in it. */
  readonly lastUpdateId: number
  /** `[price, quantity]`, the highest price first. */
  readonly bids: readonly Level[]
  /** `[price, quantity]`, the lowest price first. */
  readonly asks: readonly Level[]
  /** The venue's time of the last update in it, in ms since 1970; absent where the venue did not say. */
  readonly eventTime?: number
}

/**
 * The order book of one symbol, for reading.
 *
 * It is live: one object for as long as the book stays synced, changed in place by every update. To keep what it says
 * now, take `toSnapshot()`. Once sync is lost every reader throws: the next `Synced` state brings another book.
 *
 * ```ts
 * const { bestBid, bestAsk } = book
 * book.bids(10)                      // the ten best bids
 * book.quantityAt('61686.00')        // '2.29327000', or undefined
 * ```
 */
export interface OrderBook {
  /** Upper case, as the venue writes it: `BTCUSDT`. */
  readonly symbol: string
  /** The id of the last update in it. */
  readonly lastUpdateId: number
  /** The venue's time of the last update in it, in ms since 1970; `undefined` where the venue did not say. */
  readonly eventTime: number | undefined
  /** How long ago its last update came, or its snapshot, in ms by our clock; read it at any time. */
  readonly age: number
  /** The highest bid, `undefined` where there is none; the same object until it changes. */
  readonly bestBid: BookLevel | undefined
  /** The lowest ask, `undefined` where there is none; the same object until it changes. */
  readonly bestAsk: BookLevel | undefined
  /** How many levels there are on each side. */
  readonly size: { readonly bids: number; readonly asks: number }
  /** Halfway between best bid and best ask, rounded as numbers are; `undefined` where one is missing. */
  readonly mid: number | undefined
  /** Best ask less best bid, rounded as numbers are; `undefined` where one is missing. */
  readonly spread: number | undefined
  /** Bids, best first: all, or the best `depth` of them. */
  bids(depth?: number): BookLevel[]
  /** Asks, best first: all, or the best `depth` of them. */
  asks(depth?: number): BookLevel[]
  /** The quantity at one price, however it is written; `undefined` where no level is. */
  quantityAt(price: Decimal | number): Decimal | undefined
  /** An immutable copy. */
  toSnapshot(): BookSnapshot
}
