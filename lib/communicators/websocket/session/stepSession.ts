import { awaited, isReady, noted } from './overlapping.js'
import { mayProbe, probe, whileProbing } from './probing.js'
import type { OpenConnection, Phase, Rotating, Session, SessionContext, SessionInput, Unopened } from './Session.js'
import {
  alone,
  beside,
  lose,
  loseActive,
  open,
  openedNow,
  rotate,
  takeOver,
  type Into,
  type Step,
} from './transitions.js'

/** The next state of a session, and what to do. */
export const stepSession = (before: Session, input: SessionInput, context: SessionContext): Step => {
  const { phase } = before
  if (input._tag === 'Reconnect') return reconnected(before, input.reason, context)
  const session = { ...before, quiet: quietAfter(before.quiet, input, carrierOf(phase)) }
  if (phase._tag === 'Active') return whileActive(session, phase.active, input, context)
  if (phase._tag === 'Rotating') return whileRotating(session, phase, input, context)
  if (phase._tag === 'Probing') return whileProbing(session, phase, input, context)
  return whileUnopened(session, phase, input, context, alone)
}

/** Somebody wants another connection now: what waits is opened, and what is open is replaced. */
const reconnected = (session: Session, reason: string, context: SessionContext): Step => {
  const { phase } = session
  if (phase._tag === 'Waiting') return open(session, context, alone)
  if (phase._tag === 'Rotating' && phase.successor._tag === 'Waiting')
    return open(session, context, beside(phase.active))
  return stepSession(session, { _tag: 'Rotate', reason }, context)
}

/** When a session has to be looked at again. */
export const sessionDueAt = ({ phase, quiet, probeAt }: Session): number => {
  if (phase._tag === 'Probing') return Math.min(phase.active.rotateAt, phase.provenAt, phase.endAt)
  const next = phase._tag === 'Rotating' ? phase.successor : phase
  if (next._tag === 'Waiting') return next.openAt
  if (next._tag === 'Active') return quiet.size > 0 ? Math.min(next.active.rotateAt, probeAt) : next.active.rotateAt
  return next._tag === 'Overlapping' && isReady(next) ? next.takeOverAt : Infinity
}

/** The connection that the streams are expected of. */
const carrierOf = (phase: Phase): number | undefined => {
  if (phase._tag === 'Active' || phase._tag === 'Probing') return phase.active.id
  if (phase._tag !== 'Rotating') return undefined
  const { successor } = phase
  return successor._tag === 'Overlapping' ? successor.connection.id : undefined
}

/** What is quiet after an input, of the connection with this id; `undefined` where none counts. */
const quietAfter = (quiet: Session['quiet'], input: SessionInput, carrier: number | undefined): Session['quiet'] => {
  if (input._tag === 'Want') return new Map([...quiet].filter(([name]) => input.names.has(name)))
  if (!('id' in input) || input.id !== carrier) return quiet
  if (input._tag === 'Quiet') return new Map([...quiet, ...input.streams])
  const { stream }: { readonly _tag: string; readonly stream?: string } = input
  return new Map([...quiet].filter(([name]) => name !== stream))
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
  return input._tag === 'Opened' ? [{ ...session, phase: into(openedNow(id, context)) }, []] : [session, []]
}

const whileActive = (session: Session, active: OpenConnection, input: SessionInput, context: SessionContext): Step => {
  const { now } = context
  if (input._tag === 'Rotate') return rotate(session, active, input.reason, context)
  if (input._tag === 'Tick' && now >= active.rotateAt) return rotate(session, active, 'lifetime', context) // F10
  if ('id' in input && input.id === active.id) {
    if (input._tag === 'ShuttingDown') return rotate(session, active, 'serverShutdown', context) // F11
    if (input._tag === 'Ended') return lose(session, active, input.end, context, alone)
  }
  return mayProbe(session, now) ? probe(session, active, context) : [session, []] // F51
}

const whileRotating = (session: Session, phase: Rotating, input: SessionInput, context: SessionContext): Step => {
  const { active, successor } = phase
  const isOfActive = 'id' in input && input.id === active.id
  if (isOfActive && input._tag === 'Ended') return loseActive(session, phase, input.end, context)
  if (successor._tag !== 'Overlapping') return whileUnopened(session, successor, input, context, beside(active))
  if (input._tag === 'Tick') return takeOver(session, active, successor, context)
  const { connection } = successor
  if (input._tag === 'Ended' && input.id === connection.id)
    return lose(session, connection, input.end, context, beside(active))
  const next = { ...phase, successor: noted(successor, active.id, input, context) }
  return [{ ...session, phase: next }, awaited(input, active, successor)]
}
