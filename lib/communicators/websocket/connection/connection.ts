import { Subscription } from 'rxjs'
import { streamReader } from '../../../codecs/streamReader.js'
import { withHost } from '../../../rest/causeOf.js'
import type { Source, Unstamped } from '../../../Signal.js'
import { createDeadline } from '../../../timing/deadline.js'
import { createTimer } from '../../../timing/timer.js'
import { TOO_MANY, waitUntil } from '../../../rest/retryAfter.js'
import { banOf } from '../../../venues/banIn.js'
import type { ControlMessage } from '../../../venues/ControlMessage.js'
import { shown } from '../transport/inflating.js'
import type { Outgoing, SocketEvent } from '../transport/Transport.js'
import { endOf, givenUp, type End } from './ConnectionFact.js'
import type { ConnectionPlan } from './ConnectionPlan.js'
import { createLiveness, type QuietStream } from './liveness.js'
import { createOutbox, probeOf } from './outbox.js'
import { reading } from './reading.js'
import { listed, telling } from './sending.js'
import { answer, answerDueAt, ask, carriedBy, giveUpLate, hasRequest, isSettled, unaskedOf } from './subscriptions.js'
import { isUnanswered, keep, miss, opened, renew, restricted, textOf, want, type Outcome } from './subscriptions.js'

/** One connection, from the events of its socket to signals and facts. */
export interface Connection {
  readonly source: Source
  /** Connects, and says so; its last word is the fact that it has ended. */
  readonly connect: () => void
  /** The next data is told, as the first is. */
  readonly awaitData: () => void
  /** From now on it should carry all streams. */
  readonly extend: () => void
  /** Closes the socket, leaves no timer, and is silent at once. */
  readonly close: () => void
}

/**
 * ```
 * signals   Connecting Connected Acknowledged…          Frame…
 * facts                Opened                  Settled  Data            Ended
 * ```
 */
export const createConnection = (plan: ConnectionPlan): Connection => {
  const { venue, settings, source, address, namesPerRequest, names$, frames, statuses, tell } = plan
  const { scheduler, clock, stamp, venueClock, acknowledgeTimeout, badFrames } = settings
  const life = new Subscription()
  const socket = telling(settings.transport(address.url), settings.sending, source, stamp)
  const probe = probeOf(socket, venue.dialect)
  const outbox = createOutbox(venue.limits.messagesPerSecond, socket.send, probe)
  const liveness = createLiveness({ ...settings, ...(!probe && { pingEvery: Infinity }) }, clock(), plan.quiet)
  const { nameOf: streamOf } = streamReader(venue.envelope)
  let only = plan.quiet
  /** What was wanted at the last look. */
  let seen = names$.value
  let subscriptions = opened(restricted(seen, only), address.carried, venue.dialect)
  let wasOpen = false
  let wasSettled = false
  let isDataAwaited = true
  /** Frames in a row that are no JSON. */
  let bad = 0

  const isClosed = () => life.closed
  const isOpen = () => wasOpen && !life.closed
  const say = (status: Unstamped) => statuses.next({ ...status, receivedAt: stamp(), source })

  const sayAll = (outcomes: readonly Outcome[]) => outcomes.forEach((outcome) => isClosed() || say(outcome))

  const end = (how: End) => {
    if (isClosed()) return
    life.unsubscribe()
    tell({ _tag: 'Ended', end: { ...how, reason: wasOpen ? how.reason : withHost(how.reason, address.url) } })
  }

  const nextRequest = (now: number) => {
    const [next, request] = ask(subscriptions, namesPerRequest, now)
    subscriptions = next
    return request === undefined ? undefined : textOf(venue.dialect, request)
  }

  /** Sends what is due, and asks to be woken for what is not. */
  const tick = () => {
    if (isClosed()) return
    const now = clock()
    if (seen !== names$.value) lookAtNames()
    if (isUnanswered(subscriptions))
      return end(givenUp(`no proper answer to ${subscriptions.missed} requests in a row`))
    if (!isOpen()) return expect()
    if (liveness.ping(now)) outbox.ping()
    outbox.flush(now, () => nextRequest(now))
    timer.at(Math.min(liveness.pingAt(), outbox.dueAt(hasRequest(subscriptions))))
    expect()
    settle()
  }
  const timer = createTimer(scheduler, clock, tick)

  /** Decides about what should have come by now. */
  const deadline = createDeadline(scheduler, clock, () => {
    const now = clock()
    const death = liveness.death(now) // F02
    if (death !== undefined) return end(death)
    subscriptions = giveUpLate(subscriptions, acknowledgeTimeout, now)
    if (isOpen()) onQuiet(liveness.quiet(now), now)
    tick()
  })
  const send = (text: string) => isOpen() && outbox.post(text) && (tick(), true)
  life.add(listed(settings.sending, { source, unasked: () => unaskedOf(subscriptions), send }))
  life.add(timer.stop) // F46 F47
  life.add(deadline.stop) // F46 F47
  const expect = () => deadline.at(Math.min(liveness.dueAt(), answerDueAt(subscriptions, acknowledgeTimeout)))

  const lookAtNames = () => {
    seen = names$.value
    subscriptions = want(subscriptions, restricted(seen, only))
  }

  /** What is quiet is said and asked for anew; where that did not help, others may know more. */
  const onQuiet = (streams: readonly QuietStream[], now: number) => {
    const still = new Map<string, number>()
    for (const { stream, quiet, isTwice } of streams) {
      if (isClosed()) return
      if (isTwice) still.set(stream, now - quiet)
      else {
        if (plan.isAlone()) subscriptions = renew(subscriptions, stream) // F52
        say({ _tag: 'Silent', stream, quiet }) // F16
      }
    }
    if (still.size > 0 && !isClosed()) tell({ _tag: 'Quiet', streams: still }) // F51
  }

  const settle = () => {
    if (isClosed() || isSettled(subscriptions) === wasSettled) return
    wasSettled = !wasSettled
    tell({ _tag: wasSettled ? 'Settled' : 'Unsettled' })
  }

  const onOpened = () => {
    if (wasOpen || isClosed()) return
    wasOpen = true
    liveness.opened(clock())
    liveness.carry(carriedBy(subscriptions), clock())
    say({ _tag: 'Connected' })
    if (isClosed()) return
    tell({ _tag: 'Opened' })
    sayAll(address.carried.map((stream) => ({ _tag: 'Acknowledged', stream })))
    tick()
  }

  /** Every frame takes this way, so nothing is looked at that need not be. */
  const onText = (text: string) => {
    const now = clock()
    const receivedAt = stamp(now)
    const stream = streamOf(text)
    const activity = stream === undefined ? 'unknown' : liveness.data(stream, now)
    if (activity === 'unknown') return onOther(text, now, receivedAt)
    bad = 0
    frames.next({ _tag: 'Frame', text, receivedAt, source })
    if (isDataAwaited) tellData()
    if (activity === 'back') onBack(stream)
  }

  const onBack = (stream = '') => {
    subscriptions = keep(subscriptions, stream)
    expect()
    tell({ _tag: 'Back', stream })
  }

  /** A text that is not of one of the streams carried. */
  const onOther = (text: string, now: number, receivedAt: number) => {
    const read = reading(text, venue)
    const stream = read._tag === 'Data' ? (read.stream ?? source.stream) : undefined
    const activity = read._tag === 'Data' && liveness.data(stream, now)
    if (read._tag === 'Heartbeat' || (read._tag === 'Control' && probe?._tag === 'Text')) liveness.pong(now)
    else if (read._tag !== 'Data') liveness.sign(now)
    bad = read._tag === 'Bad' ? bad + 1 : 0
    frames.next({ _tag: 'Frame', text, receivedAt, source }) // F15
    if (isClosed()) return
    if (read._tag === 'Data') onData(read.isShutdown, activity === 'back' ? stream : undefined)
    else if (read._tag === 'Control') onControl(read.control)
    else if (read._tag === 'Heartbeat') onPing({ _tag: 'Text', text: read.answer })
    else if (bad >= badFrames) end(givenUp(`${bad} frames in a row that are no JSON`)) // F39
  }

  const onData = (isShutdown: boolean, back: string | undefined) => {
    if (isDataAwaited) tellData()
    expect()
    if (back !== undefined) onBack(back)
    if (isShutdown) tell({ _tag: 'ShuttingDown' }) // F11
  }

  const tellData = () => {
    isDataAwaited = false
    tell({ _tag: 'Data' })
  }

  const onControl = (control: ControlMessage) => {
    const ban = banOf(venue.rest.bans, control)
    if (ban !== undefined) return onBan(ban)
    const [next, outcomes] = answer(subscriptions, control)
    if (next.held !== subscriptions.held) liveness.carry(carriedBy(next), clock())
    subscriptions = next
    sayAll(outcomes)
    tick()
  }

  /** What was asked for is asked for again, when the ban is over. */
  const onBan = ({ until, reason }: NonNullable<ReturnType<typeof banOf>>) => {
    const delay = until === undefined ? TOO_MANY : waitUntil(until, venueClock.now())
    if (subscriptions.pending !== undefined) subscriptions = miss(subscriptions)
    outbox.hold(clock() + delay) // F76
    say({ _tag: 'Paused', delay, reason })
    tick()
  }

  const onPing = (pong: Outgoing) => {
    liveness.sign(clock())
    outbox.pong(pong) // F08
    tick()
  }

  const onEvent = (event: SocketEvent) => {
    if (isOpen() && event._tag === 'Text') return onText(event.text)
    if (event._tag === 'Opened') return onOpened()
    const how = endOf(event, stamp())
    if (how !== undefined) return end(how)
    if (!isOpen()) return
    if (event._tag === 'Binary') return onText(shown(event.bytes))
    if (event._tag === 'Ping') return onPing({ _tag: 'Pong', payload: event.payload })
    liveness.pong(clock())
  }

  return {
    source,
    connect: () => {
      say({ _tag: 'Connecting' })
      if (isClosed()) return
      life.add(names$.subscribe(tick))
      life.add(
        socket.event$.subscribe({
          next: onEvent,
          error: () => end(givenUp('the socket failed')),
          complete: () => end(givenUp('the socket ended')),
        }),
      )
    },
    awaitData: () => void (isDataAwaited = true),
    extend: () => {
      only = undefined
      lookAtNames()
      tick()
    },
    close: () => life.unsubscribe(),
  }
}
