import type { Observable, SchedulerLike } from 'rxjs'
import type { Decimal } from '../../codecs/Decimal.js'
import type { DepthSnapshot } from '../../events/DepthSnapshot.js'
import type { Endpoints, Venue } from '../../venues/Venue.js'
import type { PingTimes } from '../venues/ServerBehaviour.js'
import type { Controls } from './Controls.js'

/** How a simulated venue is. Everything but `venue` may be left out; times are in ms. */
export interface VenueConfig {
  /** Whose streams, dialect, limits and REST calls it has: one of this library's, or one of your own. */
  readonly venue: Venue
  /**
   * The venue of this library whose servers behave as those of a venue of your own: heartbeats, errors, orders.
   * Default: the venue itself, or the one that it is made of, as in `{ ...asterFutures, name: 'mine' }`.
   */
  readonly like?: Venue
  /** What makes one market another. Default: 1. */
  readonly seed?: number
  /** What is traded, in any case. Default: `['BTCUSDT']`, or the venue's own. */
  readonly symbols?: readonly string[]
  /** Streams that the venue's table lists and no market makes come as a sample a second. Default: true. */
  readonly samples?: boolean
  /** Between two actions on a symbol's market, on average. Default: 25. */
  readonly pause?: number
  /** Steps per second while it runs; 10 is real time, since a step is a tenth of a second. Default: 10. */
  readonly rate?: number
  /**
   * Sent instead of a market of its own: an iterable, one payload a step, or an Observable, as they come, from the
   * first `run` on.
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
  /** Where REST and WebSocket are served, on 127.0.0.1. Default: a free one. */
  readonly port?: number
  /** Messages are compressed (permessage-deflate) for clients that offer it. Default: false. */
  readonly compression?: boolean
  /** When heartbeats come, and when their answers must. Default: the venue's. */
  readonly ping?: PingTimes
  /** How many entries of the log are kept at least. Default: 100,000. */
  readonly remember?: number
  /** What steps, PINGs, lifetimes and expiries run on, and rates are counted by. Default: real time. */
  readonly scheduler?: SchedulerLike
}

/** Something to be sent: a stream's name and its payload, as JSON holds it. */
export interface SentPayload {
  /** Its name: `btcusdt@trade`. */
  readonly stream: string
  /** What stands in its envelope. */
  readonly data: unknown
}

/** An account of a simulated venue. Addresses are compared whatever their capitals. */
export interface VenueAccount {
  /** Of v1, in a header, and the secret that signs with it. */
  readonly apiKey?: string
  /** Of v1: what signs. */
  readonly secret?: string
  /** In place of a secret, the public key of Ed25519 that the venue was given for the API key, as a PEM. */
  readonly publicKey?: string
  /** Of v3: the address of the API wallet that signs. */
  readonly signer?: string
  /**
   * What it starts with, by asset. Default: a million of each quote asset of the venue's symbols, and, on spot markets,
   * a thousand of each base asset.
   */
  readonly balances?: Readonly<Record<string, Decimal>>
}

/** A venue on this machine. */
export interface SimulatedVenue {
  /** Where its clients connect: the venue's own paths, at an address of this machine. */
  readonly addresses: Endpoints
  /** Runs and breaks it. */
  readonly controls: Controls
  /** Ends everything: when it resolves, no socket, timer or handle of the venue is open. */
  readonly close: () => Promise<void>
}
