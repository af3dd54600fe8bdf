import { anObject, checked, maybe } from '../../codecs/checked.js'
import type { DepthSnapshot } from '../../events/DepthSnapshot.js'
import { asterFutures, type AsterFutures } from '../../venues/asterFutures.js'
import type { EventOf } from '../../venues/Venue.js'
import { streamNames, type Publication } from './Publication.js'
import { bitcoinScale, type Scale } from './Scale.js'
import { seeded } from './seeded.js'
import { symbolMarket, TENTH } from './symbolMarket.js'

/** How a synthetic market is. */
export interface MarketConfig {
  /** What makes one market another; default 1. */
  readonly seed?: number
  /** Default `'BTCUSDT'`. */
  readonly symbol?: string
  /** Ms since 1970, rounded down to a tenth of a second; default 1,700,000,000,000. */
  readonly start?: number
  /** Milliseconds until it closes; default: never. */
  readonly duration?: number
  /** The price it starts at, in ticks; default 616,860. */
  readonly price?: number
  /** Default: ticks of 0.1, lots of 0.001. */
  readonly scale?: Scale
  /** About how many orders rest in the book; default 400. */
  readonly size?: number
  /** Milliseconds between two actions on average; default 25. */
  readonly pause?: number
}

/** The streams that a synthetic market has, by their kinds. */
const streams = {
  trade: 'trade',
  aggTrade: 'aggTrade',
  depth: 'depth@100ms',
  bookTicker: 'bookTicker',
  kline: 'kline_1m',
  markPrice: 'markPrice@1s',
  miniTicker: 'miniTicker',
} as const
type MarketKind = keyof typeof streams

/** An event of a market: `at` in ms since 1970, and the stream that carries it. */
export type MarketEvent = {
  readonly [K in MarketKind]: {
    /** When it happens, in ms since 1970. */
    readonly at: number
    /** `trade`, `depth` and the like. */
    readonly kind: K
    /** The name of its stream. */
    readonly stream: string
    /** What is sent. */
    readonly event: EventOf<AsterFutures, K>
  }
}[MarketKind]

/** A market's events in the order of their times, and its book at any moment between two of them. */
export interface Market extends IterableIterator<MarketEvent> {
  /** The book as of the last change, `limit` levels a side (default: all), as REST would give it. */
  readonly snapshot: (limit?: number) => DepthSnapshot
}

/** The speed of depth streams whose names have none, in milliseconds. */
const DEPTH_SPEED = 250

/**
 * A small synthetic market: random orders meet in a price-time book, and what follows from it agrees with itself.
 * Trades add up to aggregate trades, klines and tickers; every change of the book has an id, depth updates name
 * the first and last of theirs and the last of the update before (`U` jumps, `pu` holds, as on Aster's futures); after
 * the depth update with last id u the best bid and ask are those of the last book ticker with an id up to u.
 *
 * No clock and no chance but the seed's: the same config gives the same events.
 *
 * ```ts
 * for (const { at, kind, stream, event } of market({ seed: 7, duration: 10_000 })) …
 * ```
 */
export const market = checked('market', [maybe(anObject('a config'))], (config: MarketConfig = {}): Market => {
  const { seed = 1, symbol = 'BTCUSDT', price = 616_860, scale = bitcoinScale, size = 400, pause = 25 } = config
  const start = Math.floor((config.start ?? 1_700_000_000_000) / TENTH) * TENTH
  const end = start + (config.duration ?? Infinity)
  const one = symbolMarket({
    ...{ symbol: symbol.toUpperCase(), scale, start, price, size, pause },
    ...{ random: seeded(seed), depthSpeed: DEPTH_SPEED, skipsIds: true },
  })
  const nameOf = streamNames(asterFutures)
  const own = new Map(
    Object.entries(streams).map(([kind, suffix]) => [kind, `${symbol.toLowerCase()}@${suffix}`] as const),
  )

  const eventOf = ({ at, topic, event }: Publication): readonly MarketEvent[] => {
    const { kind } = topic
    const stream = nameOf(topic)
    // The kind says which event it is.
    return stream !== undefined && own.get(kind) === stream ? [{ at, kind, stream, event: event() } as MarketEvent] : []
  }

  const run = function* (): Generator<MarketEvent, undefined> {
    yield* eventOf(one.bookTicker(start))
    while (one.due() < end) for (const publication of one.next().publications) yield* eventOf(publication)
    return undefined
  }
  const events = run()

  return {
    snapshot: one.view.snapshot,
    next: () => events.next(),
    [Symbol.iterator]() {
      return this
    },
  }
})
