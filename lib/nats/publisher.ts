import { jetstreamManager } from '@nats-io/jetstream'
import { createInbox, type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node'
import { asyncScheduler, Subscription } from 'rxjs'
import { isSeveral, reader } from '../parser/reader.js'
import type { Signal, Status, Unstamped } from '../Signal.js'
import { clockOf } from '../timing/realTime.js'
import { after } from '../timing/wait.js'
import { bodyOf, headersOf } from './brokerMessage.js'
import { createdStream, streamSettings } from './brokerStream.js'
import { linkState } from './linkState.js'
import type { PublishConfig } from './PublishConfig.js'
import { publishWindow } from './publishWindow.js'
import { subjectsOf } from './subjects.js'

/** Publishes signals one by one, in order. */
export interface Publisher {
  readonly publish: (signal: Signal) => void
  /** Nothing more comes: `done` is called once everything is stored. */
  readonly end: () => void
  readonly stop: () => void
}

export interface PublisherEvents {
  readonly said: (status: Status) => void
  readonly failed: (error: unknown) => void
  readonly done: () => void
}

interface Outgoing {
  readonly subject: string
  readonly body: string
  readonly headers: MsgHdrs
}

/** What an acknowledgement says. */
interface PubAck {
  readonly error?: { readonly err_code?: number; readonly description?: string }
}

/** What concerns this process alone is nothing for consumers. */
const own: ReadonlySet<Signal['_tag']> = new Set([
  'BrokerConnected',
  'BrokerDisconnected',
  'NotPublished',
  'NotRecorded',
])

export const createPublisher = (
  connection: NatsConnection,
  config: PublishConfig,
  { said, failed, done }: PublisherEvents,
): Publisher => {
  const { venue, stream = {}, inFlight = 4_096, maxWaiting = 100_000, maxWaitingSize = 64 * 2 ** 20 } = config
  const { whenFull = 'drop oldest', ackWait = 5_000, scheduler = asyncScheduler } = config
  const { now } = clockOf(scheduler)
  const subjects = subjectsOf(venue, stream.prefix ?? 'md')
  const read = reader(venue)
  const ofAccount = new Set(Object.values(venue.account).map(({ kind }) => kind))
  const work = new Subscription()
  const inbox = createInbox()
  let isReady = false
  let isUp = true
  let isEnded = false
  let settled = 0
  let isWatching = false

  const tell = (status: Unstamped) => said({ ...status, receivedAt: now() })
  const outgoing = (subject: string, signal: Signal): Outgoing => ({
    ...{ subject, body: bodyOf(signal), headers: headersOf(signal) },
  })
  const window = publishWindow<Outgoing>({
    ...{ inFlight, most: maxWaiting, mostSize: maxWaitingSize },
    notice: (count) => {
      const reason = `more than ${maxWaiting} signals, or ${maxWaitingSize} characters, waited for the broker`
      const status: Status = { _tag: 'NotPublished', count, reason, receivedAt: now() }
      said(status)
      return outgoing(subjects.status, status)
    },
  })

  /** None for the events of an account, which are nobody else's. */
  const subjectOf = (signal: Signal): string | undefined => {
    if (signal._tag === 'Reply') return subjects.ofSnapshot(signal.symbol)
    if (signal._tag !== 'Frame') return subjects.status
    const parsed = read(signal)
    if (isSeveral(parsed) || parsed._tag === 'Left' || !('stream' in parsed.right)) return subjects.other
    const { kind, stream: name } = parsed.right
    if (ofAccount.has(kind)) return undefined
    return name === '' ? subjects.other : subjects.ofStream(name)
  }

  const pump = () => {
    if (!isReady || !isUp || work.closed) return
    for (let one = window.next(); one !== undefined; one = window.next()) {
      const [number, { subject, body, headers }] = one
      connection.publish(subject, body, { headers, reply: `${inbox}.${number}` })
    }
    if (isEnded && window.isEmpty()) return done()
    watch()
  }
  /** Whatever is not acknowledged in time is sent again, from the oldest on. */
  const watch = () => {
    if (isWatching || window.inFlight() === 0) return
    isWatching = true
    const before = settled
    work.add(
      after(ackWait, scheduler, () => {
        isWatching = false
        if (before === settled) window.rewind()
        pump()
      }),
    )
  }
  const acknowledged = (number: number, { headers, data }: Msg) => {
    if (headers?.hasError === true || data.length === 0) return
    const { error } = JSON.parse(new TextDecoder().decode(data)) as PubAck
    if (error !== undefined) return tell({ _tag: 'NotPublished', count: 1, reason: error.description ?? '' })
    settled++
    window.settle(number)
    pump()
  }

  const start = async () => {
    const manager = await jetstreamManager(connection, { checkAPI: false })
    await createdStream(manager, streamSettings(venue.name, subjects.all, stream))
    if (work.closed) return
    const acks = connection.subscribe(`${inbox}.*`, {
      callback: (error, message) => {
        if (error === null) acknowledged(Number(message.subject.slice(inbox.length + 1)), message)
      },
    })
    work.add(() => acks.unsubscribe())
    isReady = true
    tell({ _tag: 'BrokerConnected', server: connection.getServer() })
    pump()
  }
  work.add(
    linkState(connection).subscribe((state) => {
      if (state._tag === 'Gone')
        return failed(new Error(`publishSignals: the connection to the broker: ${state.reason}`))
      isUp = state._tag === 'Up'
      if (state._tag === 'Down') return tell({ _tag: 'BrokerDisconnected', reason: state.reason })
      tell({ _tag: 'BrokerConnected', server: state.server })
      window.rewind()
      pump()
    }),
  )
  start().catch(failed)

  return {
    publish: (signal) => {
      if (own.has(signal._tag)) return
      const subject = subjectOf(signal)
      if (subject === undefined) return
      const message = outgoing(subject, signal)
      const dropped = window.add(message, message.body.length)
      if (dropped > 0 && whenFull === 'error')
        return failed(new Error('publishSignals: expected the broker to keep pace: more wait than `maxWaiting`'))
      pump()
    },
    end: () => {
      isEnded = true
      pump()
    },
    stop: () => work.unsubscribe(),
  }
}
