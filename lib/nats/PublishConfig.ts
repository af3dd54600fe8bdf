import type { SchedulerLike } from 'rxjs'
import type { Reply } from '../Signal.js'
import type { Venue } from '../venues/Venue.js'
import type { BrokerStreamConfig } from './brokerStream.js'

/** What is published, and how. */
export interface PublishConfig {
  /** Whose signals these are. */
  readonly venue: Venue
  /** How the broker keeps them. */
  readonly stream?: BrokerStreamConfig
  /** How this connector is called, where there are several; each has another name. Default: `'connector'`. */
  readonly connector?: string
  /**
   * Nobody else publishes to the stream from now on: the server refuses what an earlier publisher with `exclusive` still
   * sends, which errors with a `FencedError`. All publishers of the stream have to be exclusive. Default: false.
   */
  readonly exclusive?: boolean
  /**
   * The order books that are held, as snapshots: `client.heldBooks`. They are published every so often, and when a
   * consumer asks, so that consumers have their books without asking the venue.
   */
  readonly books?: () => readonly Reply[]
  /**
   * Every so many ms it is published which connections are open, and, where `books` says them, the order books: what a
   * consumer that begins later begins with. Default: 60,000.
   */
  readonly every?: number
  /** How many messages are on their way and not acknowledged, at most. Default: 4,096. */
  readonly inFlight?: number
  /** How many signals wait beside these, at most, as while the broker is away. Default: 100,000. */
  readonly maxWaiting?: number
  /** How many characters these and those on their way have, at most. Default: 64 Mi. */
  readonly maxWaitingSize?: number
  /**
   * What happens when more would wait. A venue does not wait for us, so either the oldest are dropped, and a
   * `NotPublished` stands in their place, for consumers, too; or it is an error. Default: `'drop oldest'`.
   */
  readonly whenFull?: 'drop oldest' | 'error'
  /** For how long an acknowledgement is waited for, in ms, until what misses its own is sent again. Default: 5,000. */
  readonly ackWait?: number
  /** What waits; default RxJS's `asyncScheduler`. */
  readonly scheduler?: SchedulerLike
}
