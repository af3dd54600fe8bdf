import type { Scale } from './Scale.js'
import type { NumberedFill } from './tradeLog.js'

/** Open, high, low, close and sums of some trades, in ticks and lots. */
export interface Bar {
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
  readonly quoteVolume: number
  readonly takerBuyVolume: number
  readonly takerBuyQuoteVolume: number
  readonly tradeCount: number
  /** -1 before the first trade, like the other one. */
  readonly firstTradeId: number
  readonly lastTradeId: number
}

/** What bars and tickers of a symbol start from. */
export interface Opening {
  /** Upper case. */
  readonly symbol: string
  readonly scale: Scale
  /** Milliseconds since 1970, a multiple of 100. */
  readonly start: number
  /** The last price before the start, in ticks. */
  readonly price: number
}

/** A bar without trades stands at the price before it. */
export const emptyBar = (price: number): Bar => ({
  open: price,
  high: price,
  low: price,
  close: price,
  volume: 0,
  quoteVolume: 0,
  takerBuyVolume: 0,
  takerBuyQuoteVolume: 0,
  tradeCount: 0,
  firstTradeId: -1,
  lastTradeId: -1,
})

const nothing = emptyBar(0)

/** The bar of trades that follow each other. */
export const barOf = (fills: readonly NumberedFill[]): Bar => fills.map(barOfOne).reduce(withBar, nothing)

const barOfOne = ({ tradeId, price, quantity, isBuyerMaker }: NumberedFill): Bar => {
  const quoteQuantity = price * quantity
  return {
    open: price,
    high: price,
    low: price,
    close: price,
    volume: quantity,
    quoteVolume: quoteQuantity,
    takerBuyVolume: isBuyerMaker ? 0 : quantity,
    takerBuyQuoteVolume: isBuyerMaker ? 0 : quoteQuantity,
    tradeCount: 1,
    firstTradeId: tradeId,
    lastTradeId: tradeId,
  }
}

/** Two bars as one, the second one being the later. */
export const withBar = (first: Bar, second: Bar): Bar => {
  if (second.tradeCount === 0) return first
  if (first.tradeCount === 0) return second
  return {
    open: first.open,
    high: Math.max(first.high, second.high),
    low: Math.min(first.low, second.low),
    close: second.close,
    volume: first.volume + second.volume,
    quoteVolume: first.quoteVolume + second.quoteVolume,
    takerBuyVolume: first.takerBuyVolume + second.takerBuyVolume,
    takerBuyQuoteVolume: first.takerBuyQuoteVolume + second.takerBuyQuoteVolume,
    tradeCount: first.tradeCount + second.tradeCount,
    firstTradeId: first.firstTradeId,
    lastTradeId: second.lastTradeId,
  }
}

/** The fields of a mini ticker. */
export const miniTickerFields = (bar: Bar, scale: Scale) => ({
  open: scale.price(bar.open),
  close: scale.price(bar.close),
  high: scale.price(bar.high),
  low: scale.price(bar.low),
  volume: scale.quantity(bar.volume),
  quoteVolume: scale.amount(bar.quoteVolume),
})

const tradeFields = ({ firstTradeId, lastTradeId, tradeCount }: Bar) => ({ firstTradeId, lastTradeId, tradeCount })

/** The fields of a kline. */
export const klineFields = (bar: Bar, scale: Scale) => ({
  ...miniTickerFields(bar, scale),
  ...tradeFields(bar),
  takerBuyVolume: scale.quantity(bar.takerBuyVolume),
  takerBuyQuoteVolume: scale.amount(bar.takerBuyQuoteVolume),
})

/** The fields of a ticker of any window. */
export const tickerFields = (bar: Bar, scale: Scale) => ({
  ...miniTickerFields(bar, scale),
  ...tradeFields(bar),
  priceChange: scale.price(bar.close - bar.open),
  priceChangePercent: (((bar.close - bar.open) / bar.open) * 100).toFixed(3),
  weightedAveragePrice: scale.price(bar.volume === 0 ? bar.open : bar.quoteVolume / bar.volume),
})
