import { nuid, type NatsConnection } from '@nats-io/transport-node'
import { asyncScheduler, Observable, type SchedulerLike } from 'rxjs'
import { checked } from '../codecs/checked.js'
import { isValues } from '../codecs/Values.js'
import { aConnection } from './aConnection.js'
import { keepLease } from './keepLease.js'
import { leaseTimes } from './leaseTimes.js'
import { leaseStore } from './leaseStore.js'

/** Whether a lease is ours. */
export type Lease =
  /** It is, from now on. `epoch` is a number that grows with each holder: what has a lower one is of an earlier one. */
  | { readonly _tag: 'Held'; readonly epoch: number }
  /** It is not; `holder` has it, where that is known. */
  | { readonly _tag: 'Waiting'; readonly holder?: string }

/** Which lease, and how it is kept. */
export interface LeaseConfig {
  /** Of all who want the lease of one name, one has it: letters, digits, `-`, `_`, `.`, `=` and `/`. */
  readonly name: string
  /** The KV bucket, made where there is none. Default: `aster-rx-leases`. */
  readonly bucket?: string
  /** Who we are, unlike all others. Default: an id by chance. */
  readonly holder?: string
  /** Without a renewal for so long, in ms, the lease is free: a dead holder is replaced within this and `every`. Default: 3,000. */
  readonly timeToLive?: number
  /** How often it is renewed, or looked at, in ms. Default: a fifth of `timeToLive`. */
  readonly every?: number
  /** On how many servers of a cluster the bucket is. Default: 1. */
  readonly replicas?: number
  /** What waits; default RxJS's `asyncScheduler`. */
  readonly scheduler?: SchedulerLike
}

const isText = (value: unknown, shape: RegExp): boolean => typeof value === 'string' && shape.test(value)
/** As keys and buckets of NATS are. */
const isLease = (value: unknown): boolean => {
  if (!isValues(value)) return false
  const { name, bucket = 'a' } = value
  return isText(name, /^[-/=\w]+(?:\.[-/=\w]+)*$/) && isText(bucket, /^[-\w]+$/)
}

/**
 * Wants a lease that one process has at a time: active and standby.
 *
 * ```text
 * broker        ------x  it is away        o-------
 * holdLease     W--H(1)----------W-----------H(9)--      W: Waiting, H: Held
 * ```
 *
 * The lease is an entry of a KV bucket of NATS. Its holder writes it anew every `every` ms behind the revision that it
 * knows; who sees no new revision for `timeToLive` ms by its own clock takes it, of several the first. A holder that
 * cannot write says `Waiting` before anybody else may have it: it counts from when it sent, the others from when they saw.
 * Clocks need not agree.
 *
 * A process that is paused between a look at the lease and what it does with it is not stopped by any lease: give the
 * `epoch` to whatever refuses an earlier one, as `publishSignals` does with `exclusive`.
 *
 * It never completes, and errors not: while the broker is away it is `Waiting`. Unsubscribing gives the lease back, so that
 * the next one has it at once; leave the connection open until then, as `drain` does.
 *
 * ```ts
 * holdLease(connection, { name: 'connector' }).subscribe(({ _tag }) => console.log(_tag))
 * ```
 *
 * @throws TypeError when the config cannot be meant.
 */
export const holdLease = checked(
  'holdLease',
  [aConnection, { what: "a config { name }, as { name: 'connector' }", is: isLease }],
  (connection: NatsConnection, config: LeaseConfig): Observable<Lease> => {
    const { name, bucket = 'aster-rx-leases', scheduler = asyncScheduler } = config
    const { timeToLive, every, replicas } = leaseTimes('holdLease', config, 3_000)
    return new Observable((subscriber) => {
      const { holder = nuid.next() } = config
      return keepLease({
        ...{ store: leaseStore(connection, { bucket, replicas, timeout: timeToLive / 3 }), key: name, holder },
        ...{ timeToLive, every, scheduler, note: () => '' },
        got: (epoch) => subscriber.next({ _tag: 'Held', epoch }),
        lost: (by) => subscriber.next({ _tag: 'Waiting', ...(by !== undefined && by !== '' && { holder: by }) }),
      })
    })
  },
)
