import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { asyncScheduler, Observable, Subscription, type SchedulerLike } from 'rxjs'
import { aConfigOfVenue, anObject, checked } from '../codecs/checked.js'
import type { Communicator } from '../communicators/Communicator.js'
import type { Signal, Unstamped } from '../Signal.js'
import { backoff } from '../timing/backoff.js'
import { clockOf } from '../timing/realTime.js'
import { after } from '../timing/wait.js'
import type { Venue } from '../venues/Venue.js'
import { signalReader } from './brokerMessage.js'
import type { BrokerStreamConfig } from './brokerStream.js'
import { linkState } from './linkState.js'
import { pullConsumer } from './pullConsumer.js'
import { subjectsOf } from './subjects.js'

/** What is read of a broker. */
export interface NatsConfig<V extends Venue = Venue> {
  /** Whose signals these are. */
  readonly venue: V
  /** Where they begin: what is new, or the sequence of a message. Default: `'now'`. */
  readonly from?: 'now' | { readonly sequence: number }
  /** Which stream; the rest of its settings is the publisher's. */
  readonly stream?: Pick<BrokerStreamConfig, 'name' | 'prefix'>
  /** How many messages are on their way to us, at most. Default: 1,000. */
  readonly window?: number
  /** Without a word of the broker for so many ms, the consumer is made anew. Default: 10,000. */
  readonly patience?: number
  /** What waits; default RxJS's `asyncScheduler`. */
  readonly scheduler?: SchedulerLike
}

/**
 * Reads what `publishSignals` wrote: the signals of a venue through NATS JetStream.
 *
 * ```text
 * stream     Connected btcusdt@trade ethusdt@trade btcusdt@trade
 * wanted     btcusdt@trade
 * signals    BrokerConnected Connected t             t
 * ```
 *
 * Of frames those of the wanted streams come; statuses and depth snapshots come in order with them. Statuses are those of
 * connectors to the venue; `BrokerConnected` and `BrokerDisconnected` are of our own link.
 *
 * It never completes, and errors when the connection is closed. A broker that is away is a status; reading goes on behind
 * the last message. Unsubscribing deletes the consumer at the server, and leaves no timer.
 *
 * ```ts
 * const connection = await connect({ servers: 'nats://127.0.0.1:4222', maxReconnectAttempts: -1 })
 * const client = createClient({ venue: asterFutures, communicator: natsCommunicator(connection, { venue: asterFutures }) })
 * ```
 *
 * @throws TypeError when the config cannot be meant.
 */
export const natsCommunicator = checked(
  'natsCommunicator',
  [
    anObject('a connection of @nats-io/transport-node', [], ['publish', 'subscribe', 'status']),
    aConfigOfVenue('a config { venue }'),
  ],
  <V extends Venue>(connection: NatsConnection, config: NatsConfig<V>): Communicator<V['name']> => {
    const { venue, from = 'now', stream = {}, window = 1_000, patience = 10_000, scheduler = asyncScheduler } = config
    const { now } = clockOf(scheduler)
    const subjects = subjectsOf(venue, stream.prefix ?? 'md')
    const name = stream.name ?? `md-${venue.name}`
    const isAlways = (subject: string) =>
      subject === subjects.status || subject === subjects.other || subject.endsWith('.$snapshot')

    const communicator = (wanted$: Observable<ReadonlySet<string>>): Observable<Signal> =>
      new Observable((subscriber) => {
        const read = signalReader()
        let wanted: ReadonlySet<string> = new Set()
        let next = from === 'now' ? undefined : from.sequence
        let manager: JetStreamManager | undefined
        let consumer = Subscription.EMPTY
        let isUp = true
        let failures = 0
        const tell = (status: Unstamped) => subscriber.next({ ...status, receivedAt: now() })

        const consume = () => {
          if (manager === undefined || !isUp) return
          consumer.unsubscribe()
          consumer = pullConsumer(connection, manager, {
            ...{ stream: name, filters: [subjects.all], start: next, window, patience, scheduler },
            heard: (message, { sequence }) => {
              failures = 0
              next = sequence + 1
              if (!isAlways(message.subject) && !wanted.has(message.subject)) return
              const signal = read(message)
              if (signal !== undefined) subscriber.next(signal)
            },
            lost: () => {
              failures++
              if (isUp) subscriber.add(after(backoff({}, failures), scheduler, consume))
            },
          })
          subscriber.add(consumer)
        }
        const start = async () => {
          const made = await jetstreamManager(connection, { checkAPI: false })
          if (next === undefined) next = (await made.streams.info(name)).state.last_seq + 1
          if (subscriber.closed) return
          manager = made
          tell({ _tag: 'BrokerConnected', server: connection.getServer() })
          consume()
        }

        subscriber.add(
          wanted$.subscribe((names) => {
            wanted = new Set(Array.from(names, subjects.ofStream))
          }),
        )
        subscriber.add(
          linkState(connection).subscribe((state) => {
            if (state._tag === 'Gone')
              return subscriber.error(new Error(`natsCommunicator: the connection to the broker: ${state.reason}`))
            isUp = state._tag === 'Up'
            if (state._tag === 'Up') tell({ _tag: 'BrokerConnected', server: state.server })
            else {
              consumer.unsubscribe()
              tell({ _tag: 'BrokerDisconnected', reason: state.reason })
            }
            consume()
          }),
        )
        start().catch((error: unknown) => subscriber.error(error))
      })
    return Object.assign(communicator, { venue: venue.name })
  },
)
