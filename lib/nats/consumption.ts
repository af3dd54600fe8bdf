import { DeliverPolicy, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream'
import type { Msg, NatsConnection } from '@nats-io/transport-node'
import { Subscription, type Observable, type Subscriber } from 'rxjs'
import type { Signal, Unstamped } from '../Signal.js'
import { backoff } from '../timing/backoff.js'
import { clockOf } from '../timing/realTime.js'
import { after } from '../timing/wait.js'
import { beginning } from './begin.js'
import { foundStream, hasOnly } from './brokerStream.js'
import { createFeed } from './feed.js'
import { filtersOf, takesLists, type Filters } from './filters.js'
import { incomingReader } from './incoming.js'
import { createLag } from './lag.js'
import { linkState } from './linkState.js'
import type { NatsSettings } from './natsSettings.js'
import type { Place } from './place.js'
import { pullConsumer, type PullConsumer } from './pullConsumer.js'
import { subjectsOf } from './subjects.js'

const REMOVED = 'they were removed while we read'
/** For how long messages that may be gone are in doubt, in ms. */
const DOUBT = 100

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** Reads a venue's signals for one subscriber, until the Subscription ends. */
export const consumption = (
  connection: NatsConnection,
  settings: NatsSettings,
  wanted$: Observable<ReadonlySet<string>>,
  subscriber: Subscriber<Signal>,
  told: (behind: number) => void,
): Subscription => {
  const { venue, from, stream, prefix, window, maxBehind, patience, scheduler } = settings
  const { now } = clockOf(scheduler)
  const subjects = subjectsOf(venue, prefix)
  const work = new Subscription()
  const read = incomingReader(subjects.statuses)
  const feed = createFeed()
  const hasLists = takesLists(connection.info?.version)
  let filters = filtersOf(venue, subjects, new Set(), hasLists)
  /** Where streams begin that were wanted later, by subject: the server sends them from where the others are. */
  let since = new Map<string, number>()
  let lag = createLag(maxBehind)
  let manager: JetStreamManager | undefined
  let consumer: PullConsumer | undefined
  /** The sequence that is read next; nothing is known of the beginning yet. */
  let next: number | undefined
  /** Each time that reading begins anew; what belongs to an older one is late. */
  let turn = 0
  /** Every message of the stream comes to us: a sequence that is missing is gone. */
  let isWhole = false
  /** Who reads some of them does not see it: from this sequence on messages may be gone, until the server was asked. */
  let unsure: number | undefined
  /** How many there were behind the last message. */
  let left = 0
  let isConnected = false
  let isLive = false
  let failures = 0
  /** When the stream was made. */
  let created: string | undefined
  let changing = Subscription.EMPTY
  /** The snapshots that came, or were asked for. */
  let asked: ReadonlySet<string> = new Set()

  const tell = (status: Unstamped) => subscriber.next({ ...status, receivedAt: now() })
  const emit = (signals: readonly Signal[]) => {
    for (const signal of signals) subscriber.next(signal)
  }
  /** Asks connectors for the order books that nothing was heard of. */
  const ask = () => {
    if (!isLive) return
    // One that is being closed takes nothing more.
    if (connection.isClosed() || connection.isDraining()) return
    for (const subject of filters.asks) if (!asked.has(subject)) connection.publish(subject)
    asked = filters.asks
  }

  const heard = (message: Msg, { sequence, pending, storedAt }: Place) => {
    if (next !== undefined && sequence > next) {
      if (isWhole) missed(next, sequence - 1, REMOVED)
      else if (left > 0) doubt(next)
    }
    next = sequence + 1
    left = pending
    const behind = lag.at(pending)
    told(pending)
    if (behind !== undefined && behind > 0) tell({ _tag: 'BrokerLag', behind, lag: Math.max(0, now() - storedAt) })
    const isMeant = filters.isMeant(message.subject) && !(sequence < (since.get(message.subject) ?? 0))
    const incoming = isMeant ? read(message, sequence) : undefined
    if (incoming !== undefined) {
      const [said, connector] = incoming
      if (said._tag === 'Signal' && said.signal._tag === 'Reply')
        asked = new Set([...asked, subjects.ask(said.signal.symbol)])
      emit(feed.take(said, connector))
    }
    if (behind === 0) tell({ _tag: 'BrokerLag', behind, lag: 0 })
    if (pending === 0) live()
  }
  /** The server is asked for all doubts of a while together; what it still has from there on was not removed. */
  const doubt = (sequence: number) => {
    if (unsure !== undefined) return
    unsure = sequence
    work.add(after(DOUBT, scheduler, look))
  }
  const look = () => {
    if (manager === undefined || work.closed) return
    // Whoever cannot ask is told so by the consumer, and asks as it begins anew.
    foundStream(manager, stream).then(
      (info) => settle(info?.state.first_seq ?? 0),
      () => undefined,
    )
  }
  const settle = (first: number) => {
    const since = unsure
    unsure = undefined
    if (since === undefined || first <= since || work.closed) return
    missed(since, first - 1, REMOVED)
    next = Math.max(next ?? first, first)
  }
  const live = () => {
    if (isLive) return
    isLive = true
    ask()
  }
  const missed = (first: number, last: number, reason: string) => {
    emit(feed.missed(first, last, reason, now()))
    asked = new Set()
    ask()
  }

  const again = (reason: string) => {
    if (isConnected || failures === 0) disconnected(reason)
    failures++
    work.add(after(backoff({ delay: 100, maxDelay: 5_000 }, failures), scheduler, begin))
  }
  const connected = () => {
    if (isConnected) return
    isConnected = true
    tell({ _tag: 'BrokerConnected', server: connection.getServer() })
  }
  const disconnected = (reason: string) => {
    isConnected = false
    tell({ _tag: 'BrokerDisconnected', reason })
  }
  const consume = (own: number, of: JetStreamManager, start: number) => {
    // Whoever heard a status may have ended it.
    if (work.closed) return
    consumer = pullConsumer(connection, of, {
      ...{ stream, window, patience, scheduler, heard },
      consumer: {
        ...(!isWhole && filters.consumer),
        ...{ deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: start },
      },
      began: (pending) => {
        failures = 0
        left = pending
        lag = createLag(maxBehind, pending)
        told(pending)
        if (pending === 0) live()
      },
      lost: (reason) => {
        if (own === turn) again(reason)
      },
    })
  }
  const prepare = async (own: number) => {
    manager ??= await jetstreamManager(connection, { checkAPI: false })
    const isWanted = filters.isSnapshot
    const common = { connection, manager, stream, subjects, patience, scheduler, isWanted, read }
    const info = await foundStream(manager, stream)
    if (info === undefined) throw new Error(`expected the stream '${stream}', and there is none: start its publisher`)
    const place = next === undefined ? await beginning(from, common) : undefined
    if (own !== turn || work.closed) return
    const { state } = info
    const isFirst = place !== undefined
    connected()
    settle(state.first_seq)
    let start = place?.sequence ?? next ?? 1
    const isAnew = created !== undefined && created !== info.created
    created = info.created
    isWhole = !hasLists && hasOnly(info, subjects.all)
    if (isAnew) missed(start, start, 'the stream was made anew, and is read from its beginning')
    if (isAnew) start = state.first_seq
    // A server that lost its power may have lost messages that we have read: others have their numbers now.
    else if (state.last_seq + 1 < start && !isFirst) start = state.last_seq + 1
    else if (state.first_seq > start && state.first_seq > 1) {
      missed(start, state.first_seq - 1, 'they were removed before we read them')
      start = state.first_seq
    }
    for (const [said, connector] of place?.before ?? []) feed.learn(said, connector)
    if (isFirst) emit(feed.restated(now()))
    next = start
    since = new Map(Array.from(since, ([subject, first]) => [subject, Math.min(first, state.last_seq + 1)]))
    consume(own, manager, start)
  }
  const begin = () => {
    const own = ++turn
    isLive = false
    consumer?.stop()
    prepare(own).catch((error: unknown) => {
      if (own === turn && !work.closed) again(reasonOf(error))
    })
  }

  /** A server that sends what is wanted alone is asked anew, once for all that changes at a time. */
  const refilter = (before: Filters) => {
    for (const subject of filters.streams) if (!before.streams.has(subject)) since.set(subject, Infinity)
    for (const subject of since.keys()) if (!filters.streams.has(subject)) since.delete(subject)
    changing.unsubscribe()
    changing = after(0, scheduler, begin)
    work.add(changing)
  }

  work.add(() => {
    consumer?.stop()
    told(0)
  })
  work.add(
    linkState(connection).subscribe((state) => {
      if (state._tag === 'Gone')
        return subscriber.error(new Error(`natsCommunicator: the connection to the broker: ${state.reason}`))
      if (state._tag === 'Up') return begin()
      turn++
      consumer?.stop()
      disconnected(state.reason)
    }),
  )
  work.add(
    wanted$.subscribe((names) => {
      const before = filters
      filters = filtersOf(venue, subjects, names, hasLists)
      emit(feed.want(names, now()))
      if (turn === 0) return begin()
      if (hasLists) refilter(before)
      else ask()
    }),
  )
  return work
}
