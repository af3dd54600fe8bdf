import type { AggTrade } from '../../events/AggTrade.js'
import type { AvgPrice } from '../../events/AvgPrice.js'
import type { BookTicker } from '../../events/BookTicker.js'
import type { DepthSnapshot } from '../../events/DepthSnapshot.js'
import type { KlineBar } from '../../events/Kline.js'
import type { MarkPrice } from '../../events/MarkPrice.js'
import type { ReferencePrice } from '../../events/ReferencePrice.js'
import type { Ticker } from '../../events/Ticker.js'
import type { WindowTicker } from '../../events/WindowTicker.js'
import type { Scale } from './Scale.js'
import type { NumberedFill } from './tradeLog.js'

/** A fill and when it happened, in ms since 1970. */
export interface PastFill extends NumberedFill {
  readonly at: number
}

/**
 * What may be asked about one symbol's market: what its streams said, and how things are now; `undefined` where a
 * recording has not said it.
 */
export interface MarketView {
  /** Upper case. */
  readonly symbol: string
  readonly scale: Scale
  /** When something last happened here, in ms since 1970. */
  readonly now: () => number
  readonly snapshot: (limit?: number) => DepthSnapshot | undefined
  /** Those that are remembered, oldest first. */
  readonly trades: () => readonly PastFill[]
  readonly aggTrades: () => readonly AggTrade[]
  /** The bars of an interval, oldest first, the one that grows last; none of an interval that has no klines here. */
  readonly klines: (interval: string, offset?: string) => readonly KlineBar[]
  readonly bookTicker: () => BookTicker | undefined
  readonly ticker: () => Ticker | undefined
  /** Of a window that its streams have. */
  readonly windowTicker: (window: string) => WindowTicker | undefined
  readonly avgPrice: () => AvgPrice | undefined
  readonly referencePrice: () => ReferencePrice
  readonly markPrice: () => MarkPrice | undefined
}

/** That of a market of the simulation's own, which can say all of it at any time. */
export interface OwnView extends MarketView {
  readonly snapshot: (limit?: number) => DepthSnapshot
  readonly bookTicker: () => BookTicker
  readonly ticker: () => Ticker
  readonly avgPrice: () => AvgPrice
  readonly markPrice: () => MarkPrice
}
