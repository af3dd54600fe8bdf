import type { AggTrade } from '../../events/AggTrade.js'
import type { BookTicker } from '../../events/BookTicker.js'
import type { MarkPrice } from '../../events/MarkPrice.js'
import type { Trade } from '../../events/Trade.js'
import { barOf, type Opening } from './Bar.js'
import { depthFeed } from './depthFeed.js'
import { depthSpeeds } from './depthSpeeds.js'
import { klineBars } from './klineBars.js'
import type { OwnView, PastFill } from './MarketView.js'
import type { Matching, Outcome } from './matching.js'
import type { Publication, Topic } from './Publication.js'
import { reached } from './reached.js'
import { recent } from './recent.js'
import { sideStreams } from './sideStreams.js'
import { tickers } from './tickers.js'
import { tradeLog, type NumberedFill } from './tradeLog.js'

/** Everything that a venue publishes of one book. */
export interface MarketData {
  /**
   * What an order or a cancellation brings at once. `skipped` update ids went to other symbols since the last change.
   */
  readonly acted: (at: number, outcome: Outcome, skipped?: number) => Acted
  /** What is due at a tenth of a second: depth; after each full second klines, mark prices, tickers and more. */
  readonly tick: (at: number) => readonly Publication[]
  /** The best prices and quantities as they are. */
  readonly bookTicker: (at: number) => Publication
  readonly view: OwnView
  /** The id of the last update becomes this one, and ids go on from there. */
  readonly restartIds: (lastUpdateId: number) => void
}

/** What an order or a cancellation did, and what is published of it. */
export interface Acted {
  readonly at: number
  readonly outcome: Outcome
  readonly fills: readonly NumberedFill[]
  readonly publications: readonly Publication[]
}

/** What a market starts from, and the speed of its depth streams whose names have none, in milliseconds. */
export interface MarketDataConfig extends Opening {
  readonly depthSpeed: number
}

const EIGHT_HOURS = 8 * 60 * 60 * 1_000
/** How often a mark price is published on the stream that names no speed, in milliseconds. */
const MARK_PRICES = 3_000
/** So many trades are remembered, and so many aggregate trades. */
const REMEMBERED = 10_000

/** Derives the market data of one book from what happens to it; the outcomes must be the book's, in order. */
export const marketData = (book: Matching, config: MarketDataConfig): MarketData => {
  const { symbol, scale, price, depthSpeed } = config
  const depth = depthFeed(book, config)
  const speeds = depthSpeeds(symbol, depthSpeed)
  const log = tradeLog(config)
  const [bars, ofWindows, aside] = [klineBars(config), tickers(config), sideStreams(config)]
  const ofSymbol = (kind: string, parameters = {}): Topic => ({
    kind,
    parameters: { symbol, ...parameters },
  })
  const topics = {
    trade: ofSymbol('trade'),
    aggTrade: ofSymbol('aggTrade'),
    bookTicker: ofSymbol('bookTicker'),
    bookTickers: { kind: 'bookTickers', parameters: {} },
    markPrice: ofSymbol('markPrice'),
    markPriceBySecond: ofSymbol('markPrice', { speed: '1s' }),
  }
  const [isSecond, isMarked] = [reached(1_000, config.start), reached(MARK_PRICES, config.start)]
  const [pastFills, pastAggTrades] = [recent<PastFill>(REMEMBERED), recent<AggTrade>(REMEMBERED)]
  let mark = price
  let now = config.start

  const middle = () => ((book.bids.best() ?? mark) + (book.asks.best() ?? mark)) / 2
  const markPriceAt = (at: number): MarkPrice => {
    const best = middle()
    return {
      eventTime: at,
      symbol,
      markPrice: scale.price(mark),
      indexPrice: scale.price((mark + best) / 2),
      estimatedSettlePrice: scale.price(best),
      fundingRate: '0.00010000',
      nextFundingTime: at - (at % EIGHT_HOURS) + EIGHT_HOURS,
    }
  }

  let markPrice = markPriceAt(now)

  const bySecond = (at: number): readonly Publication[] => {
    mark += (middle() - mark) / 8
    const told = markPriceAt(at)
    markPrice = told
    const marked = [topics.markPriceBySecond, ...(isMarked(at) ? [topics.markPrice] : [])]
    return [
      ...bars.due(at),
      ...marked.map((topic) => ({ at, topic, event: () => told })),
      ...ofWindows.due(at, depth.ticker(at)),
      ...aside.due(at),
    ]
  }

  const published = <Event extends Trade | AggTrade | BookTicker>(at: number, topic: Topic, event: Event) => ({
    at,
    topic,
    event: () => event,
  })

  const view: OwnView = {
    symbol,
    scale,
    now: () => now,
    snapshot: depth.snapshot,
    trades: pastFills.all,
    aggTrades: pastAggTrades.all,
    klines: bars.last,
    bookTicker: () => depth.ticker(now),
    ticker: () => ofWindows.ticker(now, depth.ticker(now)),
    windowTicker: (window) => ofWindows.windowTicker(now, window),
    avgPrice: () => aside.avgPrice(now),
    referencePrice: () => aside.referencePrice(now),
    markPrice: () => markPrice,
  }

  return {
    view,
    restartIds: depth.restartIds,
    bookTicker: (at) => published(at, topics.bookTicker, depth.ticker(at)),
    acted: (at, outcome, skipped = 0) => {
      now = Math.max(now, at)
      const { fills, trades, aggTrades } = log(at, outcome.fills)
      for (const fill of fills) pastFills.add({ ...fill, at })
      for (const aggTrade of aggTrades) pastAggTrades.add(aggTrade)
      const traded = barOf(fills)
      bars.add(at, traded)
      ofWindows.add(at, traded, fills.at(-1)?.quantity ?? 0)
      const more = aside.add(at, fills, traded)
      const ticker = depth.changed(at, outcome, skipped)
      const best = ticker === undefined ? [] : [topics.bookTicker, topics.bookTickers]
      const publications = [
        ...trades.map((trade) => published(at, topics.trade, trade)),
        ...aggTrades.map((trade) => published(at, topics.aggTrade, trade)),
        ...more,
        ...best.map((topic) => ({ at, topic, event: () => ticker })),
      ]
      return { at, outcome, fills, publications }
    },
    tick: (at) => {
      now = Math.max(now, at)
      return [...speeds.tick(at, depth.update(at), depth.snapshot), ...(isSecond(at) ? bySecond(at) : [])] // F84
    },
  }
}
