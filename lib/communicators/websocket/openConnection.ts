import { streamReader } from '../../codecs/streamReader.js'
import type { ControlMessage } from '../../venues/ControlMessage.js'
import type { Dialect } from '../../venues/Dialect.js'
import type { Desk } from './connection.js'
import { createOutbox } from './connection/outbox.js'
import { createLiveness } from './connection/liveness.js'
import { reading } from './reading.js'
import { answer, ask, miss, want } from './subscribing.js'
import { isSettled, opened, type Outcome, type Request } from './Subscriptions.js'
import type { Outgoing, SocketEvent } from './transport/Transport.js'
import { decompressed } from './decompressed.js'

/** A connection from its opening on. */
export interface OpenConnection {
  /** Says that it is open, and which streams it carries. */
  readonly begin: () => void
  readonly on: (event: SocketEvent) => void
  /** Does what is due, and asks to be woken for what is not. */
  readonly tick: () => void
}

/** A connection is given up after so many requests in a row without a proper answer. */
const MISSED_ANSWERS = 3

/** Keeps an open connection: what it carries, what it sends, and whether it lives. */
export const openConnection = (desk: Desk, post: (message: Outgoing) => void): OpenConnection => {
  const { plan, emit, isClosed, giveUp } = desk
  const { venue, settings, source, address, namesPerRequest, names$, report, vital } = plan
  const { dialect, compression, heartbeat = noHeartbeat } = venue
  const streamOf = streamReader(venue.envelope.stream)
  const { clock, stamp, badFrames, acknowledgeTimeout, maxPayload } = settings
  const outbox = createOutbox(venue.limits.messagesPerSecond, post)
  const liveness = createLiveness(settings, clock())

  let subscriptions = opened(names$.value, address.carried, dialect)
  let bad = 0

  const carry = (before: ReadonlySet<string>) => {
    const { held } = subscriptions
    if (held !== before) liveness.carry(held, clock())
  }

  const tell = (outcomes: readonly Outcome[]) => {
    for (const outcome of outcomes) {
      if (isClosed()) return
      emit(outcome)
    }
  }

  const settle = () => {
    if (isClosed() || isSettled(subscriptions) === vital.isSettled) return
    vital.isSettled = !vital.isSettled
    if (vital.isSettled) report({ _tag: 'Settled' })
  }

  const onControl = (found: ControlMessage) => {
    const { held } = subscriptions
    const [next, outcomes] = answer(subscriptions, found)
    subscriptions = next
    carry(held)
    tell(outcomes)
    tick()
  }

  const onBad = () => {
    bad += 1
    if (bad >= badFrames) giveUp(`${bad} frames in a row that are no JSON`) // F39
  }

  /** Every frame takes this way, so nothing is looked at that need not be. */
  const onText = (text: string) => {
    const receivedAt = stamp()
    const stream = streamOf(text)
    const activity = stream === undefined ? 'unknown' : liveness.data(stream, receivedAt)
    if (activity === 'unknown') return onOther(text, receivedAt)
    onData(text, receivedAt)
    if (activity === 'back') desk.wake(liveness.dueAt())
  }

  const onData = (text: string, receivedAt: number) => {
    const isFirst = vital.dataAt === undefined
    vital.dataAt = receivedAt
    bad = 0
    desk.next({ _tag: 'Frame', text, receivedAt, source })
    if (isFirst) report({ _tag: 'Carrying' })
  }

  /** A text that is not of one of the streams carried. */
  const onOther = (text: string, receivedAt: number) => {
    const answer = heartbeat(text)
    if (answer !== undefined) return onHeartbeat(text, receivedAt, { _tag: 'Text', text: answer })
    const read = reading(text, venue)
    if (read._tag === 'Data') {
      const activity = liveness.data(read.stream, receivedAt)
      onData(text, receivedAt) // F15
      if (activity === 'back') desk.wake(liveness.dueAt())
      if (read.isShutdown) report({ _tag: 'ShuttingDown' }) // F11
      return
    }
    if (read._tag === 'Control') bad = 0
    desk.next({ _tag: 'Frame', text, receivedAt, source })
    if (read._tag === 'Control') onControl(read.control)
    else onBad()
  }

  /** It proves that the venue is there, and is no data. */
  const onHeartbeat = (text: string, receivedAt: number, answer: Outgoing) => {
    bad = 0
    liveness.pong()
    desk.next({ _tag: 'Frame', text, receivedAt, source })
    if (isClosed()) return
    outbox.pong(answer)
    tick()
  }

  const nextText = (now: number) => () => {
    const [next, request] = ask(subscriptions, namesPerRequest, now)
    subscriptions = next
    return request === undefined ? undefined : textOf(dialect, request)
  }

  const dueNext = (now: number) => {
    const { pending } = subscriptions
    const hasRequest = ask(subscriptions, namesPerRequest, now)[1] !== undefined
    return Math.min(
      liveness.dueAt(),
      outbox.dueAt(hasRequest),
      pending === undefined ? Infinity : pending.sentAt + acknowledgeTimeout,
    )
  }

  const tick = () => {
    if (isClosed()) return
    const now = clock()
    const { pending } = subscriptions
    if (subscriptions.wanted !== names$.value) subscriptions = want(subscriptions, names$.value)
    // F14
    if (pending !== undefined && now >= pending.sentAt + acknowledgeTimeout) subscriptions = miss(subscriptions)
    if (subscriptions.missed >= MISSED_ANSWERS) return giveUp(`no proper answer to ${MISSED_ANSWERS} requests in a row`)
    const action = liveness.action(now)
    if (action?._tag === 'GiveUp') return giveUp(action.reason, action.isFruitless)
    if (action?._tag === 'Ping') outbox.ping()
    for (const { stream, quiet } of liveness.silent(now)) {
      emit({ _tag: 'Silent', stream, quiet }) // F16
      if (isClosed()) return
    }
    outbox.flush(now, nextText(now))
    desk.wake(dueNext(now))
    settle()
  }

  const on = (event: SocketEvent) => {
    if (event._tag === 'Text') return onText(event.text)
    if (event._tag === 'Binary') return onText(decompressed(event.bytes, compression, maxPayload))
    if (event._tag === 'Pong') liveness.pong()
    if (event._tag !== 'Ping') return
    outbox.pong({ _tag: 'Pong', payload: event.payload }) // F08
    tick()
  }

  const begin = () => {
    emit({ _tag: 'Connected' })
    if (isClosed()) return
    report({ _tag: 'Opened' })
    liveness.opened(clock())
    carry(new Set())
    tell(address.carried.map((stream) => ({ _tag: 'Acknowledged', stream })))
    tick()
  }

  return { begin, on, tick }
}

const noHeartbeat = () => undefined

const textOf = ({ list, ...dialect }: Dialect, { method, names, id }: Request): string | undefined =>
  method === 'list' ? list?.(id) : dialect[method](names, id)
