import type { DepthSnapshot } from '../../events/DepthSnapshot.js'
import { flow } from './flow.js'
import type { MarketEvent } from './MarketEvent.js'
import { matching } from './matching.js'
import { reports } from './reports.js'
import { bitcoinScale, type Scale } from './Scale.js'
import { seeded } from './seeded.js'

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
  /** About how many orders wait in the book; default 400. */
  readonly size?: number
  /** Milliseconds between two actions on average; default 25. */
  readonly pause?: number
}

/** A market's events in the order of their times, and its book at any moment between two of them. */
export interface Market extends IterableIterator<MarketEvent> {
  /** The book as of the last change, `limit` levels a side (default: all), as REST would tell it. */
  readonly snapshot: (limit?: number) => DepthSnapshot
}

const TENTH = 100

/**
 * A small market that never was: random orders meet in a price-time book, and what follows from it agrees with
 * itself. Trades add up to aggregate trades, klines and tickers; every change of the book has an id, depth updates name
 * the first and last of theirs and the last of the update before (`U` jumps, `pu` holds, as on Aster's futures); after
 * the depth update with last id u the best bid and ask are those of the last book ticker with an id up to u.
 *
 * No clock and no chance but the seed's: the same config gives the same events.
 *
 * ```ts
 * for (const { at, kind, stream, event } of market({ seed: 7, duration: 10_000 })) …
 * ```
 */
export const market = (config: MarketConfig = {}): Market => {
  const { seed = 1, symbol = 'BTCUSDT', price = 616_860, scale = bitcoinScale, size = 400, pause = 25 } = config
  const start = Math.floor((config.start ?? 1_700_000_000_000) / TENTH) * TENTH
  const end = start + (config.duration ?? Infinity)
  const random = seeded(seed)
  const book = matching()
  const traders = flow(random, { size, mean: pause })

  /** Before the market opens, orders wait on both sides. */
  for (let away = 1; away <= size / 4; away++) {
    const quantity = () => 1 + Math.floor(random() * 2000)
    for (const [side, sign] of [
      ['BUY', -1],
      ['SELL', 1],
    ] as const)
      traders.rests(book.submit({ side, quantity: quantity(), price: price + sign * away }).orderId)
  }

  const report = reports(book, { symbol: symbol.toUpperCase(), scale, start, price })

  const act = (at: number): readonly MarketEvent[] => {
    const action = traders.next(book)
    const outcome = 'cancel' in action ? book.cancel(action.cancel) : book.submit(action)
    if (outcome === undefined) return []
    if (outcome.resting !== undefined) traders.rests(outcome.orderId)
    return report.acted(at, outcome, Math.floor(random() * 4))
  }

  const run = function* (): Generator<MarketEvent, undefined> {
    yield report.opening(start)
    let due = start + TENTH
    let at = start + traders.pause()
    while (Math.min(due, at) < end) {
      if (due <= at) {
        yield* report.tick(due)
        due += TENTH
      } else {
        yield* act(Math.floor(at))
        at += traders.pause()
      }
    }
    return undefined
  }
  const events = run()

  return {
    snapshot: report.snapshot,
    next: () => events.next(),
    [Symbol.iterator]() {
      return this
    },
  }
}
