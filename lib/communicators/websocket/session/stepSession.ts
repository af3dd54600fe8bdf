import type { Unstamped } from '../../../Signal.js'
import { ABNORMAL, type End } from '../connection/ConnectionFact.js'
import { LOOK_AGAIN } from '../connection/liveness.js'
import { reconnectDelay } from './reconnectDelay.js'
import type {
  OpenConnection,
  Opening,
  Overlapping,
  Phase,
  Rotating,
  Session,
  SessionContext,
  SessionInput,
  SessionOutput,
  Unopened,
} from './Session.js'

/** How late a timer may be, in ms, though nothing blocked the process. */
const PUNCTUAL = 1

type Step = readonly [Session, readonly SessionOutput[]]

/** What becomes of a session when a connection is waited for, is being opened, or is open. */
type Into = (next: Unopened | OpenConnection) => Phase

/** The next state of a session, and what to do. */
export const stepSession = (session: Session, input: SessionInput, context: SessionContext): Step => {
  const { phase } = session
  if (phase._tag === 'Active') return whileActive(session, phase.active, input, context)
  if (phase._tag === 'Rotating') return whileRotating(session, phase, input, context)
  return whileUnopened(session, phase, input, context, alone)
}

/** When a session has to be looked at again. */
export const sessionDueAt = ({ phase }: Session): number => {
  const next = phase._tag === 'Rotating' ? phase.successor : phase
  if (next._tag === 'Waiting') return next.openAt
  if (next._tag === 'Active') return next.active.rotateAt
  return next._tag === 'Overlapping' && isReady(next) ? next.takeOverAt : Infinity
}

const alone: Into = (next) => ('_tag' in next ? next : { _tag: 'Active', active: next })

const beside =
  (active: OpenConnection): Into =>
  (next) => {
    if ('_tag' in next) return { _tag: 'Rotating', active, successor: next }
    const flags = { hasData: false, hasActiveData: false, isLookedAtAgain: false, isShuttingDown: false }
    const successor = { _tag: 'Overlapping', connection: next, takeOverAt: Infinity, ...flags } as const
    return { _tag: 'Rotating', active, successor }
  }

const whileUnopened = (
  session: Session,
  phase: Unopened,
  input: SessionInput,
  context: SessionContext,
  into: Into,
): Step => {
  const { now } = context
  if (phase._tag === 'Waiting')
    return input._tag === 'Tick' && now >= phase.openAt ? open(session, context, into) : [session, []]
  const { id } = phase
  if (!('id' in input) || input.id !== id) return [session, []]
  if (input._tag === 'Ended') return lose(session, phase, input.end, context, into)
  if (input._tag !== 'Opened') return [session, []]
  return [{ ...session, phase: into({ id, openedAt: now, rotateAt: now + maxAge(context) }) }, []]
}

const whileActive = (session: Session, active: OpenConnection, input: SessionInput, context: SessionContext): Step => {
  if (input._tag === 'Rotate') return rotate(session, active, input.reason, context)
  if (input._tag === 'Tick')
    return context.now >= active.rotateAt
      ? rotate(session, active, 'lifetime', context) // F10
      : [session, []]
  if (input.id !== active.id) return [session, []]
  if (input._tag === 'ShuttingDown') return rotate(session, active, 'serverShutdown', context) // F11
  return input._tag === 'Ended' ? lose(session, active, input.end, context, alone) : [session, []]
}

const whileRotating = (session: Session, phase: Rotating, input: SessionInput, context: SessionContext): Step => {
  const { active, successor } = phase
  const isOfActive = 'id' in input && input.id === active.id
  if (isOfActive && input._tag === 'Ended') return loseActive(session, phase, input.end, context)
  if (successor._tag !== 'Overlapping') return whileUnopened(session, successor, input, context, beside(active))
  if (isOfActive && input._tag === 'Data')
    return [{ ...session, phase: { ...phase, successor: { ...successor, hasActiveData: true } } }, []]
  if (input._tag === 'Tick') return takeOver(session, active, successor, context)
  if (input._tag === 'Rotate' || input.id !== successor.connection.id) return [session, []]
  if (input._tag === 'Ended') return lose(session, successor.connection, input.end, context, beside(active))
  const change = {
    Opened: {},
    Settled: { takeOverAt: context.now + context.overlap, hasActiveData: false, isLookedAtAgain: false }, // F10
    Unsettled: { takeOverAt: Infinity },
    Data: { hasData: true },
    ShuttingDown: { isShuttingDown: true }, // F11
  }[input._tag]
  return [
    { ...session, phase: { ...phase, successor: { ...successor, ...change } } },
    input._tag === 'Settled' ? [{ _tag: 'AwaitData', id: active.id }] : [],
  ]
}

/** It carries data, or there is none to be carried. */
const isReady = ({ hasData, hasActiveData }: Overlapping) => hasData || !hasActiveData // F10

/**
 * The successor takes over, if it may; where the process was blocked a moment later, when it has read what the active
 * connection still brought.
 */
const takeOver = (session: Session, active: OpenConnection, successor: Overlapping, context: SessionContext): Step => {
  const { now } = context
  const { takeOverAt, isLookedAtAgain } = successor
  if (now < takeOverAt || !isReady(successor)) return [session, []]
  if (isLookedAtAgain || now <= takeOverAt + PUNCTUAL)
    return succeed(session, successor, [{ _tag: 'Close', id: active.id }], context)
  const again = { ...successor, takeOverAt: now + LOOK_AGAIN, isLookedAtAgain: true }
  return [{ ...session, phase: { _tag: 'Rotating', active, successor: again } }, []]
}

/** The successor is the active connection now, or will be. */
const succeed = (
  session: Session,
  successor: Opening | Overlapping,
  outputs: readonly SessionOutput[],
  context: SessionContext,
): Step => {
  if (successor._tag === 'Opening') return [{ ...session, phase: successor }, outputs]
  const { connection, isShuttingDown } = successor
  if (!isShuttingDown) return [{ ...session, phase: alone(connection) }, outputs]
  const [next, more] = rotate(session, connection, 'serverShutdown', context)
  return [next, [...outputs, ...more]]
}

/** Opens a connection, or waits until an attempt is allowed. */
const open = (session: Session, { now, attemptAt }: SessionContext, into: Into): Step => {
  const { lastId, attempt, throttleLevel, unreached } = session
  const delay = attemptAt - now
  if (delay > 0) {
    const reason = 'no attempt is allowed before then'
    const waiting = { _tag: 'Waiting', delay, attempt: Math.max(1, attempt), reason } as const
    return [{ ...session, phase: into({ _tag: 'Waiting', openAt: attemptAt }) }, [say(lastId, waiting)]]
  }
  const id = lastId + 1
  return [
    { ...session, lastId: id, phase: into({ _tag: 'Opening', id }) },
    [{ _tag: 'Open', id, throttleLevel, unreached }],
  ]
}

/** Starts to replace the active connection. */
const rotate = (session: Session, active: OpenConnection, reason: string, context: SessionContext): Step => {
  const calm = isStable(active, context) ? { ...session, attempt: 0, throttleLevel: 0 } : session
  const [next, outputs] = open(calm, context, beside(active))
  return [next, [say(active.id, { _tag: 'Rotating', reason }), ...outputs]]
}

/** A connection is lost, open or not: another one comes after a while. */
const lose = (
  session: Session,
  connection: Opening | OpenConnection,
  end: End,
  context: SessionContext,
  into: Into,
): Step => {
  const { now, reconnect, random } = context
  const wasStable = isStable(connection, context) && !end.isFruitless
  const attempt = wasStable ? 1 : session.attempt + 1 // F01
  const delay = reconnectDelay(reconnect, attempt, end, random)
  return [
    {
      ...throttled(session, wasStable, end),
      attempt,
      unreached: session.unreached + ('openedAt' in connection || end.code !== ABNORMAL ? 0 : 1), // F01
      phase: into({
        _tag: 'Waiting',
        openAt: now + delay, // F03
      }),
    },
    [disconnected(connection.id, end), say(connection.id, { _tag: 'Waiting', delay, attempt, reason: end.reason })],
  ]
}

/** The active connection is lost while it is replaced. */
const loseActive = (session: Session, { active, successor }: Rotating, end: End, context: SessionContext): Step => {
  if (successor._tag === 'Waiting') return lose(session, active, end, context, alone)
  const wasStable = isStable(active, context) && !end.isFruitless
  return succeed(throttled(session, wasStable, end), successor, [disconnected(active.id, end)], context)
}

const isStable = (connection: Opening | OpenConnection, { now, reconnect }: SessionContext) =>
  'openedAt' in connection && now - connection.openedAt >= reconnect.stableAfter

/** Less than a lifetime, and not as long as the others that were opened with it. */
const maxAge = ({ lifetime, rotateBefore, random }: SessionContext) =>
  Math.max(lifetime / 2, lifetime - rotateBefore * (1 + random()))

const throttled = (session: Session, wasStable: boolean, { isThrottled }: End): Session => ({
  ...session,
  throttleLevel: (wasStable ? 0 : session.throttleLevel) + (isThrottled ? 1 : 0),
})

const say = (id: number, status: Unstamped): SessionOutput => ({ _tag: 'Say', id, status })

const disconnected = (id: number, { code, reason }: End): SessionOutput =>
  say(id, { _tag: 'Disconnected', code, reason })
