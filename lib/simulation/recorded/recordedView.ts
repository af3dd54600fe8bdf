import type { Level } from '../../codecs/Levels.js'
import type { AggTrade } from '../../events/AggTrade.js'
import type { AvgPrice } from '../../events/AvgPrice.js'
import type { BookTicker } from '../../events/BookTicker.js'
import type { DepthSnapshot } from '../../events/DepthSnapshot.js'
import type { Kline, KlineBar } from '../../events/Kline.js'
import type { MarkPrice } from '../../events/MarkPrice.js'
import type { ReferencePrice } from '../../events/ReferencePrice.js'
import type { Ticker } from '../../events/Ticker.js'
import type { Trade } from '../../events/Trade.js'
import type { WindowTicker } from '../../events/WindowTicker.js'
import { tickerFields, type Bar, type Opening } from '../market/Bar.js'
import { klineBars } from '../market/klineBars.js'
import type { MarketView, PastFill } from '../market/MarketView.js'
import { recent } from '../market/recent.js'
import { rollingBar } from '../market/rollingBar.js'
import { tickers } from '../market/tickers.js'
import type { RecordedScale } from './recordedScale.js'

/** What of a recording answers questions about one of its markets. */
export interface RecordedView {
  readonly view: MarketView
  readonly traded: (trade: Trade | AggTrade, isCounted: boolean) => void
  /** An event of this kind, of this stream, is of this market. */
  readonly heard: (kind: string, stream: string, event: object) => void
}

/** What a view is made of. */
export interface RecordedViewConfig {
  readonly symbol: string
  readonly scale: RecordedScale
  readonly now: () => number
  /** The book, while it is synced. */
  readonly snapshot: MarketView['snapshot']
}

/** So many trades are remembered, so many aggregate trades, and so many bars of an interval. */
const REMEMBERED = 10_000
const BARS = 1_500
const TENTH = 100
const AVERAGED = 5 * 60_000

/** What only the newest event counts of, by the kinds that tell it. */
const newest: Readonly<Record<string, keyof Newest>> = {
  ...{ bookTicker: 'bookTicker', bookTickers: 'bookTicker', ticker: 'ticker', tickers: 'ticker' },
  ...{ markPrice: 'markPrice', markPrices: 'markPrice', avgPrice: 'avgPrice', referencePrice: 'referencePrice' },
}

/** What was said last. */
interface Newest {
  bookTicker?: BookTicker
  ticker?: Ticker
  markPrice?: MarkPrice
  avgPrice?: AvgPrice
  referencePrice?: ReferencePrice
}

/** A trade, or several as one, in ticks and lots. */
const barOfTrade = (trade: Trade | AggTrade, { ticks, lots }: RecordedScale): Bar => {
  const [price, quantity] = [ticks(trade.price), lots(trade.quantity)]
  const [first, last] = 'tradeId' in trade ? [trade.tradeId, trade.tradeId] : [trade.firstTradeId, trade.lastTradeId]
  const taken = trade.isBuyerMaker ? 0 : quantity
  return {
    ...{ open: price, high: price, low: price, close: price, volume: quantity, quoteVolume: price * quantity },
    ...{ takerBuyVolume: taken, takerBuyQuoteVolume: price * taken },
    ...{ tradeCount: last - first + 1, firstTradeId: first, lastTradeId: last },
  }
}

/** Bars, tickers and averages over the trades from the first one on. */
const computed = (opening: Opening) => ({
  bars: klineBars(opening),
  windows: tickers(opening),
  averaged: rollingBar(AVERAGED, opening.price),
})

/** Answers by what the recording said, and where it said nothing by what its trades come to. */
export const recordedView = ({ symbol, scale, now, snapshot }: RecordedViewConfig): RecordedView => {
  const [fills, aggTrades] = [recent<PastFill>(REMEMBERED), recent<AggTrade>(REMEMBERED)]
  const last: Newest = {}
  const windows = new Map<string, WindowTicker>()
  /** By interval and offset, as streams write them, and by the times at which they open. */
  const told = new Map<string, Map<number, KlineBar>>()
  let made: ReturnType<typeof computed> | undefined
  let lastTrade: Trade | AggTrade | undefined

  const hearKline = (stream: string, { kline }: Kline) => {
    const key = stream.slice(stream.indexOf('_') + 1)
    const bars = told.get(key) ?? new Map<number, KlineBar>()
    told.set(key, bars.set(kline.openTime, kline))
    const [oldest] = bars.keys()
    if (bars.size > BARS && oldest !== undefined) bars.delete(oldest)
  }

  const none: Level = [scale.price(0), scale.quantity(0)]
  /** Zeros where there is no level. */
  const tickerOf = (book: Pick<DepthSnapshot, 'lastUpdateId' | 'bids' | 'asks'>): BookTicker => {
    const [[bidPrice, bidQuantity] = none, [askPrice, askQuantity] = none] = [[...book.bids][0], [...book.asks][0]]
    return { updateId: book.lastUpdateId, symbol, bidPrice, bidQuantity, askPrice, askQuantity }
  }
  const best = () => {
    const book = snapshot(1)
    return book && tickerOf(book)
  }
  const averagePrice = (): AvgPrice | undefined => {
    if (made === undefined || lastTrade === undefined) return undefined
    const { weightedAveragePrice: price } = tickerFields(made.averaged.at(now()).bar, scale)
    return { eventTime: now(), symbol, interval: '5m', price, lastTradeTime: lastTrade.tradeTime }
  }

  return {
    heard: (kind, stream, event) => {
      const name = newest[kind]
      // The kind says which event it is.
      if (name !== undefined) Object.assign(last, { [name]: event })
      else if (kind === 'kline') hearKline(stream, event as Kline)
      else if (kind.startsWith('windowTicker')) windows.set((event as WindowTicker).window, event as WindowTicker)
    },
    traded: (trade, isCounted) => {
      const { tradeTime: at, isBuyerMaker } = trade
      const bar = barOfTrade(trade, scale)
      if ('tradeId' in trade)
        fills.add({
          ...{ at, tradeId: trade.tradeId, price: bar.close, quantity: bar.volume, isBuyerMaker },
          ...{ makerId: 0, takerId: 0 },
        })
      else aggTrades.add(trade)
      if (!isCounted) return
      lastTrade = trade
      made ??= computed({ symbol, scale, start: Math.floor(at / TENTH) * TENTH, price: bar.open })
      made.bars.add(at, bar)
      made.windows.add(at, bar, bar.volume)
      made.averaged.add(at, bar)
    },
    view: {
      ...{ symbol, scale, now, snapshot },
      trades: fills.all,
      aggTrades: aggTrades.all,
      klines: (interval, offset) => {
        const bars = told.get(offset === undefined ? interval : `${interval}@${offset}`)
        return bars === undefined ? (made?.bars.last(interval, offset) ?? []) : [...bars.values()]
      },
      bookTicker: () => last.bookTicker ?? best(),
      ticker: () =>
        last.ticker ?? made?.windows.ticker(now(), best() ?? tickerOf({ lastUpdateId: 0, bids: [], asks: [] })),
      windowTicker: (window) => windows.get(window) ?? made?.windows.windowTicker(now(), window),
      avgPrice: () => last.avgPrice ?? averagePrice(),
      referencePrice: () => last.referencePrice ?? { symbol, price: lastTrade?.price ?? null, time: now() },
      markPrice: () => last.markPrice,
    },
  }
}
