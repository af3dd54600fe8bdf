import type { SchedulerLike, Subscription } from 'rxjs'
import type { Venue } from '../../venues/Venue.js'
import type { ServerBehaviour } from '../venues/ServerBehaviour.js'
import type { VenueFaults } from './faults.js'
import type { LogEntry } from './venueLog.js'

/** What all connections and calls of a venue have in common. */
export interface ServerContext {
  readonly venue: Venue
  readonly behaviour: ServerBehaviour
  readonly scheduler: SchedulerLike
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly log: (entry: LogEntry) => void
  readonly faults: VenueFaults
  /** Whether the venue's tables list this stream. */
  readonly hasStream: (stream: string) => boolean
  /** Opens a connection that takes requests about accounts; what it waits for is added to `timers`. */
  readonly openApi?: (timers: Subscription, send: (text: string) => void) => ApiSession
  /** Is told when a connection asked for streams, or to be without some. */
  readonly changed?: () => void
}

/** A connection that takes requests about accounts, and what it subscribed to. */
export interface ApiSession {
  readonly receive: (text: string) => void
  /** The numbers of its subscriptions to this account, or, without one, to any. */
  readonly subscriptionsTo: (account: string | undefined) => readonly number[]
  /** These subscriptions have ended: says so. */
  readonly end: (subscriptions: readonly number[]) => void
  /** Says that an API key is taken no more. */
  readonly refuseKey: () => void
}
