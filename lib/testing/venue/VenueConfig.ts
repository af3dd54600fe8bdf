import type { Observable, SchedulerLike } from 'rxjs'
import type { DepthSnapshot } from '../../events/DepthSnapshot.js'
import type { Venue } from '../../venues/Venue.js'
import type { Manner } from './Manner.js'
import type { VenueAccount } from './VenueAccount.js'

/** Something to be sent: a stream's name and its payload, as JSON holds it. */
export interface SentPayload {
  readonly stream: string
  readonly data: unknown
}

/** How a simulated venue is. Everything but `venue` may be left out; times are in ms. */
export interface VenueConfig {
  /** Whose streams, dialect, limits and REST calls it has: one of Aster's or Binance's. */
  readonly venue: Venue
  /** What makes one market another. Default: 1. */
  readonly seed?: number
  /** What is traded, in any case. Default: `['BTCUSDT']`. */
  readonly symbols?: readonly string[]
  /** Between two actions on a symbol's market, on average. Default: 25. */
  readonly pause?: number
  /** Steps per second while it runs; 10 is real time, since a step is a tenth of a second. Default: 10. */
  readonly rate?: number
  /**
   * Sent instead of a market of its own: an iterable, one payload a step, or an Observable, as they come, from the first
   * `run` on.
   */
  readonly replay?: Iterable<SentPayload> | Observable<SentPayload>
  /** Answers for depth snapshots. Default: the market's books, or, with `replay`, that there is no such symbol. */
  readonly snapshot?: (symbol: string, limit: number) => DepthSnapshot | undefined
  /** Who may ask for listen keys. Default: everybody, each key and each wallet an account of its own. */
  readonly accounts?: readonly VenueAccount[]
  /** What EIP-712 signatures are made for. Default: 1666. */
  readonly chainId?: number
  /** When PINGs come, and when their PONGs must. Default: the venue's. */
  readonly ping?: Manner['ping']
  /** How many entries of the log are kept at least. Default: 100,000. */
  readonly remember?: number
  /** What steps, PINGs, lifetimes and expiries run on, and rates are counted by. Default: real time. */
  readonly scheduler?: SchedulerLike
}
