import type { SchedulerLike } from 'rxjs'
import type { Venue } from '../venues/Venue.js'
import type { BrokerStreamConfig } from './brokerStream.js'

/** What is published, and how. */
export interface PublishConfig {
  /** Whose signals these are. */
  readonly venue: Venue
  /** How the broker keeps them. */
  readonly stream?: BrokerStreamConfig
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
  /** For how long an acknowledgement is waited for, in ms, until all that miss theirs are sent again. Default: 5,000. */
  readonly ackWait?: number
  /** What waits; default RxJS's `asyncScheduler`. */
  readonly scheduler?: SchedulerLike
}
