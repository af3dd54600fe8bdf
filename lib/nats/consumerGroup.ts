import { jetstreamManager } from '@nats-io/jetstream'
import { nuid, type Msg, type NatsConnection } from '@nats-io/transport-node'
import { Observable, Subscription } from 'rxjs'
import { checked } from '../codecs/checked.js'
import { isValues } from '../codecs/Values.js'
import { clockOf } from '../timing/realTime.js'
import { after } from '../timing/wait.js'
import { aConnection } from './aConnection.js'
import type { ConsumerGroupConfig, Delivery, Partition } from './ConsumerGroupConfig.js'
import { createFeed } from './feed.js'
import { incomingReader } from './incoming.js'
import { leasedPartition, type LeasedPartition } from './leasedPartition.js'
import { leaseStore } from './leaseStore.js'
import { leaseTimes } from './leaseTimes.js'
import { natsSettings } from './natsSettings.js'
import { joinGroup } from './membership.js'
import { partitionOf } from './partition.js'
import { sequencedReader } from './sequencedReader.js'
import { subjectsOf } from './subjects.js'

const WHO = 'consumerGroup'

const isConfig = (value: unknown): boolean =>
  isValues(value) &&
  isValues(value['venue']) &&
  typeof value['name'] === 'string' &&
  /^[-\w]+$/.test(value['name']) &&
  Number.isInteger(value['partitions']) &&
  Number(value['partitions']) > 0

/**
 * Shares the signals of a venue among the members of a group, by symbol: each partition is handled by one member at a
 * time, in order.
 *
 * ```text
 * member a   P0 P1 P2 P3 ------P2|P3|--------------P2 P3
 * member b               joins-------P2 P3--- dies
 * ```
 *
 * Who has which partition follows from who is alive, and a lease of each in a KV bucket sees to it that no two have one.
 * The entry of the lease holds how far its partition is done, so that who has lost it cannot write that any more, and who
 * has it next begins right behind. What was done and not yet written, at most what comes within `every` ms, is delivered
 * again, with the same `sequence`: use that as the key of what you store or publish, and all is handled once.
 *
 * Emits each partition as it becomes ours. It never completes; it errors when the connection is closed, and when the group
 * has another number of partitions. Unsubscribing gives all partitions back; leave the connection open until then, as
 * `drain` does. A member reads all of the venue, and is given what is of its partitions; with `window` messages not
 * done, it reads no further.
 *
 * ```ts
 * consumerGroup(connection, { venue: asterFutures, name: 'bars', partitions: 16 })
 *   .pipe(mergeMap(({ delivery$, done }) => delivery$.pipe(tap(({ sequence }) => done(sequence)))))
 *   .subscribe()
 * ```
 *
 * @throws TypeError when the config cannot be meant.
 */
export const consumerGroup = checked(
  WHO,
  [
    aConnection,
    {
      what: "a config { venue, name, partitions }, as { venue: asterFutures, name: 'bars', partitions: 16 }",
      is: isConfig,
    },
  ],
  (connection: NatsConnection, config: ConsumerGroupConfig): Observable<Partition> => {
    const { name, partitions, bucket = 'aster-rx-groups' } = config
    const { venue, from, stream: streamName, prefix, window, patience, scheduler } = natsSettings(config, WHO)
    const { timeToLive, every, replicas } = leaseTimes(WHO, config, 2_000)
    const subjects = subjectsOf(venue, prefix)
    const { now } = clockOf(scheduler)
    return new Observable((subscriber) => {
      const { member = nuid.next() } = config
      const store = leaseStore(connection, { bucket, replicas, timeout: timeToLive / 3 })
      const read = incomingReader(subjects.statuses)
      const feed = createFeed(true)
      const leased = new Map<number, LeasedPartition>()
      const work = new Subscription()
      /** The last message that was read. */
      let position = 0
      let beginning = Subscription.EMPTY

      const held = () => [...leased.values()].filter(({ isHeld }) => isHeld())
      const start = () => {
        for (const one of held()) {
          one.pass(position)
          one.begin()
        }
        const first = Math.min(...held().map(({ next }) => next()))
        position = first - 1
        return first === Infinity ? undefined : first
      }
      const heard = (message: Msg, sequence: number) => {
        position = sequence
        const [symbol = ''] = message.subject.slice(subjects.all.length - 1).split('.')
        const isCommon = symbol.startsWith('$')
        const one = isCommon ? undefined : leased.get(partitionOf(symbol, partitions))
        if (!isCommon && one === undefined) return
        const incoming = read(message, sequence)
        const signals = incoming === undefined ? [] : feed.take(...incoming)
        if (signals.length === 0 || one?.take(sequence) === false) return
        for (const signal of signals) tell(one === undefined ? held() : [one], { signal, sequence })
      }
      const tell = (to: readonly LeasedPartition[], delivery: Delivery) => {
        for (const one of to) one.deliver(delivery)
      }
      const missed = (first: number, last: number) => {
        position = last
        const reason = 'they were removed before we read them'
        const signal = { _tag: 'BrokerGap', from: first, to: last, reason, receivedAt: now() } as const
        tell(held(), { signal, sequence: last + 1 })
      }
      const reader = sequencedReader(connection, {
        ...{ stream: streamName, subject: subjects.all, window, patience, scheduler, start, heard, missed },
        held: () => [...leased.values()].reduce((sum, { open }) => sum + open(), 0),
        gone: (reason) => subscriber.error(new Error(`consumerGroup: the connection to the broker: ${reason}`)),
      })
      /** Several partitions come at once, and reading begins anew for all of them together. */
      const beginSoon = () => {
        if (beginning.closed) beginning = after(0, scheduler, reader.begin)
      }
      const want = (index: number, first: number) => {
        const one = leasedPartition({
          ...{ index, first, store, key: `${name}.${index}`, holder: member, timeToLive, every, scheduler },
          got: (partition) => {
            subscriber.next(partition)
            beginSoon()
          },
          done: reader.pull,
          over: () => leased.delete(index),
        })
        leased.set(index, one)
      }
      const meant = (indexes: readonly number[], first: number) => {
        for (const index of indexes) if (!leased.has(index)) want(index, first)
        for (const [index, one] of leased) if (!indexes.includes(index)) one.revoke()
      }
      const end = async () => (await jetstreamManager(connection, { checkAPI: false })).streams.info(streamName)
      work.add(
        joinGroup({
          ...{ store, key: `${name}.members`, member, partitions, timeToLive, every, scheduler, meant },
          from: async () =>
            typeof from === 'object' && 'sequence' in from ? from.sequence : (await end()).state.last_seq + 1,
          failed: (error) => subscriber.error(error),
        }),
      )
      work.add(() => {
        beginning.unsubscribe()
        reader.stop()
        for (const one of leased.values()) one.stop()
      })
      return work
    })
  },
)
