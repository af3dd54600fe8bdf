import type { DepthSnapshot } from '../../events/DepthSnapshot.js'
import type { MarkPrice } from '../../events/MarkPrice.js'
import { candles } from './candles.js'
import { depthFeed } from './depthFeed.js'
import type { MarketEvent } from './MarketEvent.js'
import type { Matching, Outcome } from './matching.js'
import type { Scale } from './Scale.js'
import { tape } from './tape.js'

/** What a venue tells the world about one book. */
export interface Reports {
  /** What an order or a cancellation brings at once. `skipped` ids went to other symbols since the last change. */
  readonly acted: (at: number, outcome: Outcome, skipped?: number) => readonly MarketEvent[]
  /** What is due at a tenth of a second: depth; at a full second klines, mark price and ticker, too. */
  readonly tick: (at: number) => readonly MarketEvent[]
  /** The best price and quantity as they are. */
  readonly opening: (at: number) => MarketEvent
  /** The book as of the last change; without a limit, all of it. */
  readonly snapshot: (limit?: number) => DepthSnapshot
}

/** Where the reports of a book start. */
export interface Opening {
  /** Upper case. */
  readonly symbol: string
  readonly scale: Scale
  /** Ms since 1970, a multiple of 100. */
  readonly start: number
  /** The last price before, in ticks. */
  readonly price: number
}

const EIGHT_HOURS = 8 * 60 * 60 * 1000

/** Derives the events of one book from what happens to it; the outcomes must be the book's, in order. */
export const reports = (book: Matching, { symbol, scale, start, price }: Opening): Reports => {
  const depth = depthFeed(book, { symbol, scale, start, firstId: 5_000_000_000 })
  const print = tape({ symbol, scale, firstTradeId: 3_000_001, firstAggregateId: 2_000_001 })
  const candle = candles({ symbol, scale, start, price })
  const stream = (suffix: string) => `${symbol.toLowerCase()}@${suffix}`
  let mark = price

  const markPrice = (at: number): MarkPrice => {
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

  const bySecond = (at: number): readonly MarketEvent[] => {
    const kline = candle.kline(at)
    return [
      ...(kline === undefined ? [] : [{ at, kind: 'kline', stream: stream('kline_1m'), event: kline } as const]),
      { at, kind: 'markPrice', stream: stream('markPrice@1s'), event: markPrice(at) },
      { at, kind: 'miniTicker', stream: stream('miniTicker'), event: candle.miniTicker(at) },
    ]
  }

  return {
    snapshot: depth.snapshot,
    opening: (at) => ({ at, kind: 'bookTicker', stream: stream('bookTicker'), event: depth.ticker(at) }),
    acted: (at, outcome, skipped = 0) => {
      const { fills, trades, aggTrades } = print(at, outcome.fills)
      candle.add(fills)
      const ticker = depth.changed(at, outcome, skipped)
      return [
        ...trades.map((event) => ({ at, kind: 'trade', stream: stream('trade'), event }) as const),
        ...aggTrades.map((event) => ({ at, kind: 'aggTrade', stream: stream('aggTrade'), event }) as const),
        ...(ticker === undefined
          ? []
          : [{ at, kind: 'bookTicker', stream: stream('bookTicker'), event: ticker } as const]),
      ]
    },
    tick: (at) => {
      const update = depth.update(at)
      return [
        ...(update === undefined ? [] : [{ at, kind: 'depth', stream: stream('depth@100ms'), event: update } as const]),
        ...(at % 1000 === 0 ? bySecond(at) : []),
      ]
    },
  }
}
