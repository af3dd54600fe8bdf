import type { Observable, SchedulerLike } from 'rxjs'
import type { DepthSnapshot } from '../../events/DepthSnapshot.js'
import type { Venue } from '../../venues/Venue.js'
import type { PingTimes } from './PingTimes.js'
import type { VenueAccount } from './VenueAccount.js'

/** Something to be sent: a stream's name and its payload, as JSON holds it. */
export interface SentPayload {
  readonly stream: string
  readonly data: unknown
}

/** How a simulated venue is. Everything but `venue` may be left out; times are in ms. */
export interface VenueConfig {
  /** Whose streams, dialect, limits and REST calls it has: one of those that this library has. */
  readonly venue: Venue
  /** What makes one market another. Default: 1. */
  readonly seed?: number
  /** What is traded, in any case. Default: `['BTCUSDT']`, or the venue's own. */
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
  /**
   * Who may ask for listen keys and trade. Default: everybody, each key and each wallet an account of its own; what is
   * signed with a secret needs an account that is listed.
   */
  readonly accounts?: readonly VenueAccount[]
  /** What EIP-712 signatures are made for. Default: 1666. */
  readonly chainId?: number
  /**
   * What REST and WebSocket are secured by, both in PEM: then the addresses are `https://` and `wss://`. Default: they
   * are not.
   */
  readonly tls?: { readonly key: string; readonly cert: string }
  /** Messages are compressed (permessage-deflate) for clients that offer it. Default: false. */
  readonly compression?: boolean
  /** When heartbeats come, and when their answers must. Default: the venue's. */
  readonly ping?: PingTimes
  /** How many entries of the log are kept at least. Default: 100,000. */
  readonly remember?: number
  /** What steps, PINGs, lifetimes and expiries run on, and rates are counted by. Default: real time. */
  readonly scheduler?: SchedulerLike
}
