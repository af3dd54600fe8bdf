import type { SchedulerLike } from 'rxjs'
import type { Venue } from '../venues/Venue.js'
import type { BrokerFrom } from './begin.js'
import type { BrokerStreamConfig } from './brokerStream.js'

/** What is read of a broker, and how. */
export interface NatsConfig<V extends Venue = Venue> {
  /** Whose signals these are. */
  readonly venue: V
  /** Where they begin. Default: `'now'`. */
  readonly from?: BrokerFrom
  /** Which stream; the rest of its settings is the publisher's. */
  readonly stream?: Pick<BrokerStreamConfig, 'name' | 'prefix'>
  /** How many messages are on their way to us, at most. Default: 1,000. */
  readonly window?: number
  /** More messages than this behind the newest are told as `BrokerLag`. Default: 10,000. */
  readonly maxBehind?: number
  /** Without a word of the broker for so many ms, the consumer is made anew. Default: 10,000. */
  readonly patience?: number
  /** What waits; default RxJS's `asyncScheduler`. */
  readonly scheduler?: SchedulerLike
}
