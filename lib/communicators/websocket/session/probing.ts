import { backoff } from '../../../timing/backoff.js'
import { awaited, noted, overlapping } from './overlapping.js'
import type {
  OpenConnection,
  Opening,
  Overlapping,
  Probing,
  Session,
  SessionContext,
  SessionInput,
  SessionOutput,
} from './Session.js'
import { calm, disconnected, loseActive, openedNow, say, type Step } from './transitions.js'

/** A probe lasts as long as the streams were quiet before, but no longer than this, in ms. */
const LONGEST = 600_000
/** After a probe that changed nothing, the same streams are not asked for elsewhere for a while. */
const AGAIN = { delay: 60_000, maxDelay: 600_000 }

/** Something is quiet that was not asked for elsewhere yet, or not for a while. */
export const mayProbe = ({ quiet, probed, probeAt }: Session, now: number): boolean =>
  [...quiet.keys()].some((name) => now >= probeAt || !probed.has(name))

/** Asks for what is quiet over another connection, or waits until an attempt is allowed. */
export const probe = (session: Session, active: OpenConnection, { now, probeAllowedAt }: SessionContext): Step => {
  const { quiet, lastId, throttleLevel, unreached } = session
  const probed = new Set(quiet.keys())
  if (probeAllowedAt > now) return [{ ...session, probed, probeAt: probeAllowedAt }, []] // F76
  const id = lastId + 1
  const phase: Probing = {
    ...{ _tag: 'Probing', active, successor: { _tag: 'Opening', id } },
    endAt: now + Math.min(LONGEST, now - Math.min(...quiet.values())),
    ...{ brought: new Set(), provenAt: Infinity },
  }
  return [
    { ...session, probed, lastId: id, phase },
    [
      say(active.id, { _tag: 'Probing', reason: `nothing comes of ${named(probed)}` }),
      { _tag: 'Open', id, throttleLevel, unreached, quiet: probed },
    ],
  ]
}

/** The successor has brought a stream: soon the active connection must have brought it, too. */
const broughtBy = (phase: Probing, { quiet }: Session, stream: string, { now, overlap }: SessionContext): Probing =>
  quiet.has(stream)
    ? { ...phase, brought: new Set([...phase.brought, stream]), provenAt: Math.min(phase.provenAt, now + overlap) }
    : phase

/** Streams that the active connection has brought, too, prove nothing. */
const stillBrought = (phase: Probing, { quiet }: Session): Probing => {
  const brought = new Set([...phase.brought].filter((name) => quiet.has(name)))
  return brought.size > 0 ? { ...phase, brought } : { ...phase, brought, provenAt: Infinity }
}

/** The active connection stays, and is alone again. */
const stayed = (session: Session, { active }: Probing, now: number): Session => {
  const fruitless = session.fruitless + 1
  return { ...session, phase: { _tag: 'Active', active }, fruitless, probeAt: now + backoff(AGAIN, fruitless) }
}

/** The successor is to be the active connection: what it was asked for and has not brought either is quiet there. */
const proved = (session: Session, { brought }: Probing, now: number): Session => ({
  ...session,
  quiet: new Map([...session.quiet].filter(([name]) => session.probed.has(name) && !brought.has(name))),
  fruitless: 0,
  probeAt: now + AGAIN.delay,
})

const NAMED = 3

const named = (streams: ReadonlySet<string>): string => {
  const names = [...streams]
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : ''
  return `${names.slice(0, NAMED).join(', ')}${more}`
}

/** What an input means while quiet streams are asked for over another connection. */
export const whileProbing = (session: Session, phase: Probing, input: SessionInput, context: SessionContext): Step => {
  const { active, successor } = phase
  if (input._tag === 'Rotate') return promote(session, phase, input.reason, context)
  if (input._tag === 'Tick') return decide(session, phase, context)
  if (!('id' in input) || input.id === active.id) {
    if (input._tag === 'Ended')
      return loseActive(proved(session, phase, context.now), phase, input.end, context, [extend(successor)])
    if (input._tag === 'ShuttingDown') return promote(session, phase, 'serverShutdown', context) // F11
    if (session.quiet.size === 0) return leave(session, phase, [close(successor)], context) // F51
  } else {
    if (input.id !== idOf(successor)) return [session, []]
    if (input._tag === 'Ended') return leave(session, phase, [disconnected(input.id, input.end)], context)
  }
  // What the active connection brings is not quiet any more, so that only the successor can have brought it.
  const { stream = '' }: { readonly _tag: string; readonly stream?: string } = input
  const next = broughtBy(stillBrought(phase, session), session, stream, context)
  if (input._tag === 'Opened' && input.id !== active.id)
    return [{ ...session, phase: { ...next, successor: overlapping(openedNow(input.id, context)) } }, []]
  if (successor._tag === 'Opening' || !('id' in input)) return [{ ...session, phase: next }, []]
  const both = { ...next, successor: noted(successor, active.id, input, context) }
  return [{ ...session, phase: both }, awaited(input, active, successor)]
}

/** It is time for something, while streams are asked for elsewhere. */
const decide = (session: Session, phase: Probing, context: SessionContext): Step => {
  const { now } = context
  const { active, successor, provenAt, endAt } = phase
  if (now >= active.rotateAt) return promote(session, phase, 'lifetime', context) // F10
  if (now >= provenAt) return promote(session, phase, `another connection brings ${named(phase.brought)}`, context) // F07
  return now >= endAt ? leave(session, phase, [close(successor)], context) : [session, []]
}

/** Nothing came of asking elsewhere; there may be more to ask for. */
const leave = (session: Session, phase: Probing, outputs: readonly SessionOutput[], context: SessionContext): Step => {
  const next = stayed(session, phase, context.now)
  if (!mayProbe(next, context.now)) return [next, outputs]
  const [after, more] = probe(next, phase.active, context)
  return [after, [...outputs, ...more]]
}

/** The successor of a probe is asked for everything, and takes over. */
const promote = (session: Session, phase: Probing, reason: string, context: SessionContext): Step => {
  const { active, successor } = phase
  return [
    { ...proved(calm(session, active, context), phase, context.now), phase: { _tag: 'Rotating', active, successor } },
    [say(active.id, { _tag: 'Rotating', reason }), extend(successor)],
  ]
}

const idOf = (one: Opening | Overlapping) => (one._tag === 'Opening' ? one.id : one.connection.id)

const close = (successor: Opening | Overlapping): SessionOutput => ({ _tag: 'Close', id: idOf(successor) })

const extend = (successor: Opening | Overlapping): SessionOutput => ({ _tag: 'Extend', id: idOf(successor) })
