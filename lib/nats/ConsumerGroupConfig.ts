import type { Observable, SchedulerLike } from 'rxjs'
import type { Signal } from '../Signal.js'
import type { Venue } from '../venues/Venue.js'
import type { BrokerStreamConfig } from './brokerStream.js'

/** Which group, and how its members share the work. */
export interface ConsumerGroupConfig {
  /** Whose signals these are. */
  readonly venue: Venue
  /** The group: letters, digits, `-` and `_`. Each group handles everything once. */
  readonly name: string
  /** How many partitions there are, the same for all members and for ever: more than there will be members. */
  readonly partitions: number
  /** Who we are, unlike all other members. Default: an id by chance. */
  readonly member?: string
  /** Where a group begins that is not there yet: with what is new, or with a message. Default: `'now'`. */
  readonly from?: 'now' | { readonly sequence: number }
  /** Which stream; the rest of its settings is the publisher's. */
  readonly stream?: Pick<BrokerStreamConfig, 'name' | 'prefix'>
  /** How many messages are on their way to us or not handled, at most. Default: 1,000. */
  readonly window?: number
  /** Without a word of a member for so long, in ms, others have its partitions. Default: 2,000. */
  readonly timeToLive?: number
  /** How often members say that they are alive, and how far they are, in ms. Default: a fifth of `timeToLive`. */
  readonly every?: number
  /** The KV bucket, made where there is none. Default: `aster-rx-groups`. */
  readonly bucket?: string
  /** On how many servers of a cluster the bucket is. Default: 1. */
  readonly replicas?: number
  /** Without a word of the broker for so many ms, reading begins anew. Default: 10,000. */
  readonly patience?: number
  /** What waits; default RxJS's `asyncScheduler`. */
  readonly scheduler?: SchedulerLike
}

/** A signal, and its number in the stream: the same whenever it is read, which is what makes handling it idempotent. */
export interface Delivery {
  /** What a connector said. */
  readonly signal: Signal
  /** From 1 on; messages of other partitions have the numbers between. */
  readonly sequence: number
}

/** A part of the symbols of a venue that is ours to handle, for as long as `delivery$` goes on. */
export interface Partition {
  /** From 0 on. */
  readonly index: number
  /** A number that grows with each member that has it: what has a lower one is of an earlier one. */
  readonly epoch: number
  /**
   * Its frames and depth snapshots in the order of the stream, from behind the last that was done; and all statuses of
   * connectors, which are everybody's. Subscribe as the partition comes: nothing is kept for later. Completes when it is
   * another member's.
   */
  readonly delivery$: Observable<Delivery>
  /** Says that this message and all before it are handled: who has the partition next begins behind it. */
  readonly done: (sequence: number) => void
}
