import type { Unstamped } from '../../../Signal.js'
import { ABNORMAL, type End } from '../connection/ConnectionFact.js'
import { isReady, overlapping } from './overlapping.js'
import { reconnectDelay } from './reconnectDelay.js'
import type {
  OpenConnection,
  Opening,
  Overlapping,
  Phase,
  Rotating,
  Session,
  SessionContext,
  SessionOutput,
  Unopened,
} from './Session.js'

/** A session after an input, and what it does. */
export type Step = readonly [Session, readonly SessionOutput[]]

/** What becomes of a session when a connection is waited for, is being opened, or is open. */
export type Into = (next: Unopened | OpenConnection) => Phase

export const alone: Into = (next) => ('_tag' in next ? next : { _tag: 'Active', active: next })

export const beside =
  (active: OpenConnection): Into =>
  (next) => ({ _tag: 'Rotating', active, successor: '_tag' in next ? next : overlapping(next) })

/** The successor takes over, if it may. */
export const takeOver = (
  session: Session,
  active: OpenConnection,
  successor: Overlapping,
  context: SessionContext,
): Step =>
  context.now >= successor.takeOverAt && isReady(successor)
    ? succeed(session, successor, [{ _tag: 'Close', id: active.id }], context)
    : [session, []]

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
export const open = (session: Session, { now, attemptAt }: SessionContext, into: Into): Step => {
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
export const rotate = (session: Session, active: OpenConnection, reason: string, context: SessionContext): Step => {
  const [next, outputs] = open({ ...calm(session, active, context), quiet: new Map() }, context, beside(active))
  return [next, [say(active.id, { _tag: 'Rotating', reason }), ...outputs]]
}

/** Attempts are counted anew where a connection was stable. */
export const calm = (session: Session, active: OpenConnection, context: SessionContext): Session =>
  isStable(active, context) ? { ...session, attempt: 0, throttleLevel: 0 } : session

/** A connection is lost, open or not: another one comes after a while. */
export const lose = (
  session: Session,
  connection: Opening | OpenConnection,
  end: End,
  context: SessionContext,
  into: Into,
): Step => {
  const { now, reconnect, random } = context
  const wasStable = isStable(connection, context) && !end.isFruitless
  const attempt = wasStable ? 1 : session.attempt + 1 // F01
  const isOver = !reconnect.again({ code: end.code, reason: end.reason, attempt })
  const delay = isOver ? Infinity : reconnectDelay(reconnect, attempt, end, random)
  const waiting = say(connection.id, { _tag: 'Waiting', delay, attempt, reason: end.reason })
  return [
    {
      ...throttled(session, wasStable, end),
      quiet: new Map(),
      attempt,
      unreached: session.unreached + ('openedAt' in connection || end.code !== ABNORMAL ? 0 : 1), // F01
      phase: into({
        _tag: 'Waiting',
        openAt: now + delay, // F03
      }),
    },
    [disconnected(connection.id, end), ...(isOver ? [] : [waiting])],
  ]
}

/** The active connection is lost while there is another one, or one is to come; `outputs` come after that is said. */
export const loseActive = (
  session: Session,
  { active, successor }: Pick<Rotating, 'active' | 'successor'>,
  end: End,
  context: SessionContext,
  outputs: readonly SessionOutput[] = [],
): Step => {
  if (successor._tag === 'Waiting') return lose(session, active, end, context, alone)
  const next = throttled(session, isStable(active, context) && !end.isFruitless, end)
  return succeed(next, successor, [disconnected(active.id, end), ...outputs], context)
}

export const openedNow = (id: number, context: SessionContext): OpenConnection => ({
  id,
  openedAt: context.now,
  rotateAt: context.now + maxAge(context),
})

const isStable = (connection: Opening | OpenConnection, { now, reconnect }: SessionContext) =>
  'openedAt' in connection && now - connection.openedAt >= reconnect.stableAfter

/** Less than a lifetime, and not as long as the others that were opened with it. */
const maxAge = ({ lifetime, rotateBefore, random }: SessionContext) =>
  Math.max(lifetime / 2, lifetime - rotateBefore * (1 + random()))

const throttled = (session: Session, wasStable: boolean, { isThrottled }: End): Session => ({
  ...session,
  throttleLevel: (wasStable ? 0 : session.throttleLevel) + (isThrottled ? 1 : 0),
})

export const say = (id: number, status: Unstamped): SessionOutput => ({ _tag: 'Say', id, status })

export const disconnected = (id: number, { code, reason }: End): SessionOutput =>
  say(id, { _tag: 'Disconnected', code, reason })
