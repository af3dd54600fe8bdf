import type { Observable } from 'rxjs'
import type { Client } from '../../lib/client/Client.js'
import type { KlineBar } from '../../lib/events/Kline.js'
import { backfill, type BackfillConfig } from '../../lib/operators/backfill.js'
import type { DerivedKline } from '../../lib/operators/DerivedKline.js'
import { klines } from '../../lib/operators/klines.js'
import type { TradeEvent } from '../../lib/operators/TradeEvent.js'
import type { Backfill } from '../../lib/operators/tradeSequence.js'
import type { AsterFutures } from '../../lib/venues/asterFutures.js'
import type { AsterPrediction } from '../../lib/venues/asterPrediction.js'
import type { AsterSpot } from '../../lib/venues/asterSpot.js'
import type { BinanceFutures } from '../../lib/venues/binanceFutures.js'
import type { BinanceSpot } from '../../lib/venues/binanceSpot.js'

/** The venues that have trades. */
export type AnyMarket = AsterFutures | AsterSpot | AsterPrediction | BinanceFutures | BinanceSpot

/** The bars of a minute or of a second that are made of a stream and what was asked for, beside the venue's own. */
export const both = <T extends TradeEvent>(
  client: Client<AnyMarket>,
  trades$: Observable<T>,
  history: BackfillConfig<T>['history'],
) => {
  const trades: (T & Backfill)[] = []
  const bars: DerivedKline[] = []
  const venues: KlineBar[] = []
  const { scheduler } = client
  const whole$ = trades$.pipe(backfill({ history, scheduler }))
  whole$.subscribe((trade) => trades.push(trade))
  whole$.pipe(klines({ interval: '1m', client, grace: 100 })).subscribe((bar) => bars.push(bar))
  client.kline$.subscribe(({ kline }) => venues.push(kline))
  return {
    trades,
    /** Our closed bars from the second one on, each with what is said of it last, and the venue's of those. */
    closed: () => {
      const lastOf = <Bar extends KlineBar>(all: readonly Bar[]) =>
        new Map(all.filter(({ isClosed }) => isClosed).map((bar) => [bar.openTime, bar]))
      const theirs = lastOf(venues)
      const ours = [...lastOf(bars).values()].slice(1).filter(({ openTime }) => theirs.has(openTime))
      return ours.map((bar) => ({ bar, theirs: theirs.get(bar.openTime) }))
    },
  }
}

/** Each of them is whole, and the venue's own, text for text. */
export const expectVenues = (closed: ReturnType<ReturnType<typeof both>['closed']>): void => {
  for (const { bar, theirs } of closed) {
    const { isComplete, missing, wasReset, lateTrades, leftOut, ...own } = bar
    expect(own).toEqual(theirs)
    expect([isComplete, missing, leftOut, lateTrades >= 0, typeof wasReset]).toEqual([true, [], 0, true, 'boolean'])
  }
}
