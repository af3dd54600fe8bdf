import type { AsterFutures } from '../../venues/asterFutures.js'
import type { EventOf } from '../../venues/Venue.js'

type MarketKind = 'trade' | 'aggTrade' | 'depth' | 'bookTicker' | 'kline' | 'markPrice' | 'miniTicker'

/** Something that a market says: `at` in ms since 1970, and the stream that carries it. */
export type MarketEvent = {
  readonly [K in MarketKind]: {
    readonly at: number
    readonly kind: K
    readonly stream: string
    readonly event: EventOf<AsterFutures, K>
  }
}[MarketKind]
