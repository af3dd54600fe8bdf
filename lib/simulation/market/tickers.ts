import type { BookTicker } from '../../events/BookTicker.js'
import type { MiniTicker } from '../../events/MiniTicker.js'
import type { Ticker } from '../../events/Ticker.js'
import type { Window, WindowTicker } from '../../events/WindowTicker.js'
import { emptyBar, miniTickerFields, tickerFields, withBar, type Bar, type Opening } from './Bar.js'
import type { Publication, Topic } from './Publication.js'
import { rollingBar } from './rollingBar.js'

/** The tickers of one symbol: the day's, which begins when the market opens, and those of rolling windows. */
export interface Tickers {
  /** `lastQuantity` is that of the last trade, in lots. */
  readonly add: (at: number, traded: Bar, lastQuantity: number) => void
  /** What is due at a full second; `best` are the best prices and quantities then. */
  readonly due: (at: number, best: BookTicker) => readonly Publication[]
  /** The day's, as it is. */
  readonly ticker: (at: number, best: BookTicker) => Ticker
  /** A window's, as it is; `undefined` for a window that is not here. */
  readonly windowTicker: (at: number, window: string) => WindowTicker | undefined
}

const HOUR = 3_600_000
const DAY = 24 * HOUR

const windows: readonly (readonly [Window, length: number])[] = [
  ['1h', HOUR],
  ['4h', 4 * HOUR],
  ['1d', DAY],
]

export const tickers = ({ symbol, scale, price }: Opening): Tickers => {
  const topic = (kind: string, parameters = {}): Topic => ({ kind, parameters: { symbol, ...parameters } })
  const [ofDay, ofDayInShort] = [topic('ticker'), topic('miniTicker')]
  const rolling = windows.map(([window, length]) => ({
    window,
    topic: topic('windowTicker', { window }),
    bars: rollingBar(length, price),
  }))
  let day = emptyBar(price)
  let lastQuantity = 0

  const miniTicker = (eventTime: number): MiniTicker => ({ eventTime, symbol, ...miniTickerFields(day, scale) })
  const ticker = (eventTime: number, best: BookTicker): Ticker => ({
    eventTime,
    symbol,
    ...tickerFields(day, scale),
    openTime: Math.max(0, eventTime - DAY),
    closeTime: eventTime,
    lastQuantity: scale.quantity(lastQuantity),
    previousClose: scale.price(price),
    bidPrice: best.bidPrice,
    bidQuantity: best.bidQuantity,
    askPrice: best.askPrice,
    askQuantity: best.askQuantity,
  })

  const windowTicker = (at: number, { window, bars }: (typeof rolling)[number]): WindowTicker => {
    const { openTime, bar } = bars.at(at)
    const times = { openTime: Math.max(0, openTime), closeTime: at }
    return { window, eventTime: at, symbol, ...times, ...tickerFields(bar, scale) }
  }

  return {
    ticker,
    windowTicker: (at, window) => {
      const found = rolling.find((each) => each.window === window)
      return found && windowTicker(at, found)
    },
    add: (at, traded, quantity) => {
      if (traded.tradeCount === 0) return
      day = withBar(day, traded)
      lastQuantity = quantity
      for (const { bars } of rolling) bars.add(at, traded)
    },
    due: (at, best) => {
      const [short, whole] = [miniTicker(at), ticker(at, best)]
      return [
        { at, topic: ofDayInShort, event: () => short },
        { at, topic: ofDay, event: () => whole },
        ...rolling.map((each) => ({ at, topic: each.topic, event: () => windowTicker(at, each) })),
      ]
    },
  }
}
