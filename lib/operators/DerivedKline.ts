import type { KlineBar } from '../events/Kline.js'

/** The ids from `first` to `last`, both included. */
export interface TradeIds {
  /** The lowest of them. */
  readonly first: number
  /** The highest of them. */
  readonly last: number
}

/** What is known of the trades that a kline was made of. */
export interface Provenance {
  /**
   * No trade of the interval is missing, so far: the ids of its trades and of those around it follow each other, or it
   * was closed by the clock while nothing was lost and the venue was heard past its end. The first kline of a symbol
   * never is, since nobody knows what was before.
   */
  readonly isComplete: boolean
  /** Trades that did not come and may belong to the interval: 100 gaps at most, the last of which holds all others. */
  readonly missing: readonly TradeIds[]
  /** The connection was lost since the trade before its first one. */
  readonly wasReset: boolean
  /** How many of its trades came after it had been closed; each made it come again. */
  readonly lateTrades: number
  /** How many trades of the symbol came so late, until now, that no kline could take them. */
  readonly leftOut: number
}

/** A kline made of trades, as the venue would write it, and what is known of these. */
export interface DerivedKline extends KlineBar, Provenance {}
