import { DeliverPolicy, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream'
import { createInbox, type Msg, type NatsConnection } from '@nats-io/transport-node'
import { Subscription } from 'rxjs'
import type { Signal, Status, Unstamped } from '../Signal.js'
import { backoff } from '../timing/backoff.js'
import { clockOf } from '../timing/realTime.js'
import { after } from '../timing/wait.js'
import { header } from './brokerMessage.js'
import { createdStream, MismatchError } from './brokerStream.js'
import { createFence } from './fence.js'
import { FencedError } from './FencedError.js'
import { linkState } from './linkState.js'
import { createOutbox, type Outgoing } from './outgoing.js'
import type { PublishSettings } from './publishSettings.js'
import { publishWindow } from './publishWindow.js'
import { readStored } from './readStored.js'
import { restating } from './restating.js'

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

/** What an acknowledgement says. */
interface PubAck {
  readonly seq?: number
  readonly error?: { readonly err_code?: number; readonly description?: string }
}

const TOO_LARGE = 10054
/** The protocol's own part of a message, at most: its headers are ours. */
const HEADERS = 1_024

const utf8 = new TextDecoder()
const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

export const createPublisher = (
  connection: NatsConnection,
  settings: PublishSettings,
  { said, failed, done }: PublisherEvents,
): Publisher => {
  const { venue, subjects, stream, connector, exclusive, books, every, inFlight, maxWaiting, maxWaitingSize } = settings
  const { whenFull, ackWait, scheduler } = settings
  const { now } = clockOf(scheduler)
  const outbox = createOutbox({ venue, subjects, connector, run: now().toString(36), every, exclusive })
  const work = new Subscription()
  const inbox = createInbox()
  /** Each time that the link is made anew; what belongs to an older one is late. */
  let turn = 0
  let isReady = false
  let isEnded = false
  let failures = 0
  let settled = 0
  /** The last sequence that we know of: what is ours and not acknowledged stands behind it. */
  let stored: number | undefined
  /** Whether one of ours is stored: with `exclusive`, from then on all are. */
  let isOurs = false
  const fence = createFence()
  let isWatching = false
  /** The time of the last signal: what is published may be a recording. */
  let last: number | undefined

  const stamped = (status: Unstamped): Status => ({ ...status, receivedAt: now() })
  const tell = (status: Unstamped) => said(stamped(status))
  const notPublished = (count: number, reason: string): Outgoing => {
    const status = stamped({ _tag: 'NotPublished', count, reason })
    said(status)
    const message = outbox.of(status)
    if (message === undefined) throw new Error('a status that is for consumers')
    return message
  }
  const window = publishWindow<Outgoing>({
    ...{ inFlight, most: maxWaiting, mostSize: maxWaitingSize },
    notice: (count) => notPublished(count, `more than ${maxWaiting} signals, or ${maxWaitingSize} characters, waited`),
  })

  const pump = () => {
    if (!isReady || work.closed) return
    if (connection.isClosed() || connection.isDraining())
      return failed(new Error('publishSignals: the connection to the broker: it is being closed'))
    while (!exclusive || fence.mayFollow() || window.inFlight() === 0) {
      const one = window.next()
      if (one === undefined) break
      const [number, { subject, body, id, headers }] = one
      const made = headers()
      if (exclusive) fence.put(id, made)
      connection.publish(subject, body, { headers: made, reply: `${inbox}.${number}` })
    }
    if (isEnded && window.isEmpty()) return done()
    watch()
  }
  /** Where acknowledgements do not come, what is stored is looked up, and the rest is sent again. */
  const watch = () => {
    if (isWatching || window.inFlight() === 0) return
    isWatching = true
    const before = settled
    work.add(
      after(ackWait, scheduler, () => {
        isWatching = false
        if (isReady && before === settled && window.inFlight() > 0) refuse(`no acknowledgement for ${ackWait} ms`)
        else watch()
      }),
    )
  }
  const refuse = (reason: string) => {
    if (!isReady) return
    isReady = false
    tell({ _tag: 'BrokerDisconnected', reason })
    again()
  }
  const again = () => {
    work.add(after(backoff({ delay: 100, maxDelay: 5_000 }, ++failures), scheduler, begin))
  }

  const acknowledged = (number: number, { headers, data }: Msg) => {
    if (headers?.hasError === true) return refuse(`${headers.code} ${headers.description}`)
    const { seq = 0, error } = JSON.parse(utf8.decode(data)) as PubAck
    if (error?.err_code === TOO_LARGE) enqueue(notPublished(1, error.description ?? ''))
    else if (error !== undefined) return refuse(error.description ?? `error ${error.err_code ?? ''}`)
    settled++
    failures = 0
    stored = Math.max(stored ?? 0, seq)
    if (error === undefined) {
      isOurs = true
      fence.stored()
    }
    window.settle(number)
    pump()
  }

  /** What is stored of those that are not acknowledged is settled: the broker may have forgotten their ids. */
  const lookUp = async (manager: JetStreamManager, start: number) => {
    const open = new Map(window.sent().map(([number, { id }]) => [id, number]))
    if (open.size === 0) return
    const consumer = { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: start, headers_only: true }
    let foreign: number | undefined
    await readStored(
      connection,
      manager,
      { stream: stream.name, consumer, patience: ackWait, scheduler },
      ({ headers }, { sequence }) => {
        const number = open.get(headers?.get(header.id) ?? '')
        if (number !== undefined) window.settle(number)
        if (number !== undefined) isOurs = true
        else if (isOurs) foreign = sequence
        stored = sequence
      },
    )
    if (exclusive && foreign !== undefined)
      throw new FencedError(`publishSignals: another one has written message ${foreign} to '${stream.name}'`)
  }
  const prepare = async (own: number) => {
    const manager = await jetstreamManager(connection, { checkAPI: false })
    const { state } = await createdStream(manager, stream)
    // A stream that was made anew begins anew.
    const known = Math.min(stored ?? Infinity, state.last_seq)
    stored = known
    await lookUp(manager, known + 1)
    if (own !== turn || work.closed) return
    window.rewind()
    fence.behind(stored)
    isReady = true
    tell({ _tag: 'BrokerConnected', server: connection.getServer() })
    pump()
  }
  const begin = () => {
    const own = ++turn
    prepare(own).catch((error: unknown) => {
      if (own !== turn || work.closed) return
      if (error instanceof MismatchError || error instanceof FencedError) return failed(error)
      if (failures === 0) tell({ _tag: 'BrokerDisconnected', reason: reasonOf(error) })
      again()
    })
  }

  const acks = connection.subscribe(`${inbox}.*`, {
    callback: (error, message) => {
      if (error === null) acknowledged(Number(message.subject.slice(inbox.length + 1)), message)
    },
  })
  work.add(() => acks.unsubscribe())
  work.add(
    linkState(connection).subscribe((state) => {
      if (state._tag === 'Gone')
        return failed(new Error(`publishSignals: the connection to the broker: ${state.reason}`))
      if (state._tag === 'Up') return begin()
      isReady = false
      turn++
      tell({ _tag: 'BrokerDisconnected', reason: state.reason })
    }),
  )

  /** A message that no server takes would end the connection: a status stands in its place. */
  const fitting = (message: Outgoing): Outgoing => {
    const most = (connection.info?.max_payload ?? Infinity) - HEADERS
    if (message.body.length * 3 <= most) return message
    const size = new TextEncoder().encode(message.body).length
    return size <= most
      ? message
      : notPublished(1, `${size} bytes for ${message.subject}, and the server takes ${most}: raise its max_payload`)
  }
  const enqueue = (made: Outgoing) => {
    const message = fitting(made)
    if (window.add(message, message.body.length) > 0 && whenFull === 'error')
      return failed(new Error(`publishSignals: expected at most ${maxWaiting} signals to wait: the broker is too slow`))
    pump()
  }
  const publish = (signal: Signal) => {
    last = signal.receivedAt
    const message = outbox.of(signal)
    if (message !== undefined) enqueue(message)
  }
  const heading = () => enqueue(outbox.heading(last ?? now()))
  work.add(restating({ connection, subjects, books, every, scheduler, heading, publish }))
  begin()

  return {
    publish,
    end: () => {
      isEnded = true
      pump()
    },
    stop: () => work.unsubscribe(),
  }
}
