import type { Bar } from './Bar.js'
import type { Scale } from './Scale.js'

/** A bar's prices and volumes as texts, named as mini tickers, tickers and klines name them. */
export const barTexts = (bar: Bar, scale: Scale) => ({
  open: scale.price(bar.open),
  close: scale.price(bar.close),
  high: scale.price(bar.high),
  low: scale.price(bar.low),
  volume: scale.quantity(bar.volume),
  quoteVolume: scale.amount(bar.quoteVolume),
})

/** The same and what a kline says besides. */
export const klineTexts = (bar: Bar, scale: Scale) => ({
  ...barTexts(bar, scale),
  firstTradeId: bar.firstTradeId,
  lastTradeId: bar.lastTradeId,
  tradeCount: bar.tradeCount,
  takerBuyVolume: scale.quantity(bar.takerBuyVolume),
  takerBuyQuoteVolume: scale.amount(bar.takerBuyQuoteVolume),
})
