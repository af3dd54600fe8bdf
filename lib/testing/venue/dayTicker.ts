import type { Ticker } from '../../events/Ticker.js'
import { emptyBar, withFill } from '../market/Bar.js'
import { barTexts } from '../market/barTexts.js'
import type { NumberedFill } from '../market/tape.js'
import type { BarsConfig } from './intervalBars.js'

/** The best prices and quantities as a ticker tells them. */
export type Best = Pick<Required<Ticker>, 'bidPrice' | 'bidQuantity' | 'askPrice' | 'askQuantity'>

/** The day's ticker of one symbol: the day begins when the market opens. */
export interface DayTicker {
  readonly add: (fills: readonly NumberedFill[]) => void
  readonly ticker: (at: number, best: Best) => Ticker
}

const DAY = 86_400_000

export const dayTicker = ({ symbol, scale, price }: BarsConfig): DayTicker => {
  let day = emptyBar(price)
  let lastQuantity = 0
  return {
    add: (fills) => {
      day = fills.reduce(withFill, day)
      lastQuantity = fills.at(-1)?.quantity ?? lastQuantity
    },
    ticker: (eventTime, best) => ({
      eventTime,
      symbol,
      ...barTexts(day, scale),
      priceChange: scale.price(day.close - day.open),
      priceChangePercent: (((day.close - day.open) / day.open) * 100).toFixed(3),
      weightedAveragePrice: scale.price(day.volume === 0 ? day.open : day.quoteVolume / day.volume),
      openTime: Math.max(0, eventTime - DAY),
      closeTime: eventTime,
      firstTradeId: day.firstTradeId,
      lastTradeId: day.lastTradeId,
      tradeCount: day.tradeCount,
      lastQuantity: scale.quantity(lastQuantity),
      previousClose: scale.price(price),
      ...best,
    }),
  }
}
