import type { Bar } from './Bar.js'
import { barTexts } from './barTexts.js'
import type { Scale } from './Scale.js'

/** What tickers of any window say of its bar. */
export const windowTexts = (bar: Bar, scale: Scale) => ({
  ...barTexts(bar, scale),
  priceChange: scale.price(bar.close - bar.open),
  priceChangePercent: (((bar.close - bar.open) / bar.open) * 100).toFixed(3),
  weightedAveragePrice: scale.price(bar.volume === 0 ? bar.open : bar.quoteVolume / bar.volume),
  firstTradeId: bar.firstTradeId,
  lastTradeId: bar.lastTradeId,
  tradeCount: bar.tradeCount,
})
