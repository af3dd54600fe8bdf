import type { Ticker } from '../../events/Ticker.js'
import { emptyBar, withFill } from './Bar.js'
import type { NumberedFill } from './tape.js'
import type { BarsConfig } from './intervalBars.js'
import { windowTexts } from './windowTexts.js'

/** The best prices and quantities as a ticker tells them. */
type Best = Pick<Required<Ticker>, 'bidPrice' | 'bidQuantity' | 'askPrice' | 'askQuantity'>

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
      ...windowTexts(day, scale),
      openTime: Math.max(0, eventTime - DAY),
      closeTime: eventTime,
      lastQuantity: scale.quantity(lastQuantity),
      previousClose: scale.price(price),
      ...best,
    }),
  }
}
