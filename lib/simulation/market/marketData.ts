import type { AggTrade } from '../../events/AggTrade.js'
import type { BookTicker } from '../../events/BookTicker.js'
import type { DepthSnapshot } from '../../events/DepthSnapshot.js'
import type { MarkPrice } from '../../events/MarkPrice.js'
import type { Trade } from '../../events/Trade.js'
import type { Opening } from './Bar.js'
import { depthFeed } from './depthFeed.js'
import { depthSpeeds } from './depthSpeeds.js'
import { klineBars } from './klineBars.js'
import type { Matching, Outcome } from './matching.js'
import type { Publication, Topic } from './Publication.js'
import { reached } from './reached.js'
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
  /** The book as of the last change; without a limit, all of it. */
  readonly snapshot: (limit?: number) => DepthSnapshot
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
  let mark = price

  const nextMarkPrice = (at: number): MarkPrice => {
    const middle = ((book.bids.best() ?? mark) + (book.asks.best() ?? mark)) / 2
    mark += (middle - mark) / 8
    return {
      eventTime: at,
      symbol,
      markPrice: scale.price(mark),
      indexPrice: scale.price((mark + middle) / 2),
      estimatedSettlePrice: scale.price(middle),
      fundingRate: '0.00010000',
      nextFundingTime: at - (at % EIGHT_HOURS) + EIGHT_HOURS,
    }
  }

  const bySecond = (at: number): readonly Publication[] => {
    const markPrice = nextMarkPrice(at)
    const marked = [topics.markPriceBySecond, ...(isMarked(at) ? [topics.markPrice] : [])]
    return [
      ...bars.due(at),
      ...marked.map((topic) => ({ at, topic, event: () => markPrice })),
      ...ofWindows.due(at, depth.ticker(at)),
      ...aside.due(at),
    ]
  }

  const published = <Event extends Trade | AggTrade | BookTicker>(at: number, topic: Topic, event: Event) => ({
    at,
    topic,
    event: () => event,
  })

  return {
    snapshot: depth.snapshot,
    restartIds: depth.restartIds,
    bookTicker: (at) => published(at, topics.bookTicker, depth.ticker(at)),
    acted: (at, outcome, skipped = 0) => {
      const { fills, trades, aggTrades } = log(at, outcome.fills)
      bars.add(at, fills)
      ofWindows.add(at, fills)
      const more = aside.add(at, fills)
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
    tick: (at) => [...speeds.tick(at, depth.update(at), depth.snapshot), ...(isSecond(at) ? bySecond(at) : [])], // F84
  }
}
