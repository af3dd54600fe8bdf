import type { Observable, SchedulerLike } from 'rxjs'
import type { Communicator } from '../../communicators/Communicator.js'
import type { Rest } from '../../rest/Rest.js'
import type { Status } from '../../Signal.js'
import type { Endpoints, Venue } from '../../venues/Venue.js'

/** What is served, and where. Everything but `venue` and `open` may be left out; times are in ms. */
export interface RelayConfig {
  /** Whose streams, dialect and REST calls it has: one of this library's, or one of your own. */
  readonly venue: Venue
  /** As for `startVenue`: the venue of this library whose servers behave as those of a venue of your own. */
  readonly like?: Venue
  /**
   * Makes the communicator of a session, once for each. `ready` gives a promise while a client does not read as fast as
   * it is sent to, which resolves when the slowest has caught up: as `onRead` of a replay it holds the replay back.
   */
  readonly open: (ready: () => Promise<void> | undefined) => Communicator
  /** How many connections have to carry a stream before a session begins. Default: 1. */
  readonly clients?: number
  /** For how long nobody may have asked for a stream before a session begins. Default: 0. */
  readonly settle?: number
  /**
   * Where unsigned GET requests are passed on to. Default: depth snapshots are answered from the session, by those among
   * its signals and by the books that their updates make; so is its time, and nothing else.
   */
  readonly rest?: Rest
  /** The address of this machine that is listened on. Default: 127.0.0.1. */
  readonly host?: string
  /** The port for REST and WebSocket. Default: a free one. */
  readonly port?: number
  /** A client for whom more bytes wait is closed with 1008. Default: 64 MiB. */
  readonly maxBuffer?: number
  /** What PINGs, lifetimes and waits run on. Default: real time. */
  readonly scheduler?: SchedulerLike
}

/** What happens on a relay. Connections count from 1. */
export type RelayEvent =
  | { readonly type: 'opened' | 'closed'; readonly connection: number }
  /** The signals of a session begin, with what its connections carry. */
  | { readonly type: 'started'; readonly connections: number; readonly streams: readonly string[] }
  | { readonly type: 'status'; readonly status: Status }
  /**
   * A session is over: `isWhole` where its signals ended, and not because the last client left, or with `error`. Of the
   * `frames` that came `sent` went out, one for each connection that carries its stream; `missing` are the streams that
   * were asked for, and of which nothing came.
   */
  | {
      readonly type: 'ended'
      readonly isWhole: boolean
      readonly frames: number
      readonly sent: number
      readonly missing: readonly string[]
      readonly error?: unknown
    }

/** A relay that listens. */
export interface Relay {
  /** Where its clients connect: the venue's own paths, at an address of this machine. */
  readonly addresses: Endpoints
  /** How many frames the session that runs has brought, or the last one. */
  readonly frames: () => number
  /** What happens on it; completes when it is closed. */
  readonly event$: Observable<RelayEvent>
  /**
   * Closes every connection with a code and a reason, 1001 where none is given, behind what was sent, and waits for `within`
   * ms, by default 1,000, until the clients have read it; when it resolves, no socket and no timer is open.
   */
  readonly close: (how?: { readonly code: number; readonly reason: string; readonly within: number }) => Promise<void>
}
