import { givenUp, type End } from '../../../../lib/communicators/websocket/connection/ConnectionFact.js'
import type {
  OpenConnection,
  Phase,
  Probing,
  Rotating,
  SessionContext,
  SessionInput,
  SessionOutput,
} from '../../../../lib/communicators/websocket/session/Session.js'

/** The end of a connection that the specs speak of. */
const lost: End = givenUp('lost')

/** Without chance, and with a rotation at the end of a lifetime only. */
export const context: SessionContext = {
  now: 0,
  attemptAt: -Infinity,
  probeAllowedAt: -Infinity,
  lifetime: 1_000_000,
  reconnect: { again: () => true, delay: 500, maxDelay: 30_000, stableAfter: 60_000 },
  overlap: 5,
  rotateBefore: 0,
  random: () => 0,
}

/** `2@20`: connection 2, opened at 20. */
const connectionFrom = (text: string): OpenConnection => {
  const [id = NaN, openedAt = NaN] = text.split('@').map(Number)
  return { id, openedAt, rotateAt: openedAt + context.lifetime }
}
const connectionOf = ({ id, openedAt }: OpenConnection) => `${id}@${openedAt}`

const successorFrom = (text: string): Rotating['successor'] => {
  const [first = '', number, from, ...flags] = text.split(' ')
  if (first === 'Waiting') return { _tag: 'Waiting', openAt: Number(number) }
  if (first === 'Opening') return { _tag: 'Opening', id: Number(number) }
  const [hasData, hasActiveData, isShuttingDown] = ['data', 'activeData', 'shutdown'].map((flag) =>
    flags.includes(flag),
  )
  return {
    ...{ _tag: 'Overlapping', connection: connectionFrom(first), takeOverAt: Number(from) },
    ...{ hasData: hasData === true, hasActiveData: hasActiveData === true, isShuttingDown: isShuttingDown === true },
  }
}
const successorOf = (successor: Rotating['successor']): string => {
  if (successor._tag === 'Waiting') return `Waiting ${successor.openAt}`
  if (successor._tag === 'Opening') return `Opening ${successor.id}`
  const { connection, takeOverAt, hasData, hasActiveData, isShuttingDown } = successor
  const flags = [hasData && 'data', hasActiveData && 'activeData', isShuttingDown && 'shutdown']
  return [connectionOf(connection), 'from', takeOverAt, ...flags.filter((flag) => flag !== false)].join(' ')
}

/** `1@10 ? Opening 2 until 60`, `1@10 ? 2@20 from Infinity data until 60 brought a,b at 25`. */
const probingFrom = (active: string, text: string): Probing => {
  const [successor = '', until = ''] = text.split(' until ')
  const [endAt, , brought = '', , provenAt = Infinity] = until.split(' ')
  return {
    ...{ _tag: 'Probing', active: connectionFrom(active) },
    successor: successorFrom(successor) as Probing['successor'],
    ...{ endAt: Number(endAt), provenAt: Number(provenAt) },
    brought: new Set(brought === '' ? [] : brought.split(',')),
  }
}
const probingOf = ({ active, successor, endAt, brought, provenAt }: Probing): string => {
  const proof = brought.size > 0 ? [`brought ${[...brought].join()} at ${provenAt}`] : []
  return [`${connectionOf(active)} ?`, successorOf(successor), 'until', endAt, ...proof].join(' ')
}

/** A phase from its short form: `Waiting 500`, `Opening 1`, `Active 1@10`, `1@10 + Opening 2`, `1@10 + 2@20 from 35 data`. */
export const phaseFrom = (text: string): Phase => {
  const [active = '', probe] = text.split(' ? ')
  if (probe !== undefined) return probingFrom(active, probe)
  const [first = '', second] = text.split(' + ')
  if (second !== undefined) return { _tag: 'Rotating', active: connectionFrom(first), successor: successorFrom(second) }
  const phase = /^Active (.*)/.exec(text)?.[1]
  if (phase !== undefined) return { _tag: 'Active', active: connectionFrom(phase) }
  return successorFrom(text) as Exclude<Rotating['successor'], { _tag: 'Overlapping' }>
}

/** The short form of a phase. */
export const phaseOf = (phase: Phase): string => {
  if (phase._tag === 'Probing') return probingOf(phase)
  if (phase._tag === 'Rotating') return `${connectionOf(phase.active)} + ${successorOf(phase.successor)}`
  return phase._tag === 'Active' ? `Active ${connectionOf(phase.active)}` : successorOf(phase)
}

/**
 * An input from its short form: `Tick`, `Rotate`, `Reconnect`, `Want a b`, `1 Opened`, `1 Quiet a b`, `1 Back a`; what is quiet is so
 * since 0, what ends ends as `end` says.
 */
export const inputFrom = (text: string, end: Partial<End> = {}): SessionInput => {
  const [first = '', second = '', ...names] = text.split(' ')
  if (first === 'Tick') return { _tag: 'Tick' }
  if (first === 'Rotate' || first === 'Reconnect') return { _tag: first, reason: 'asked' }
  if (first === 'Want') return { _tag: 'Want', names: new Set([second, ...names]) }
  const id = Number(first)
  if (second === 'Quiet') return { _tag: 'Quiet', id, streams: new Map(names.map((name) => [name, 0])) }
  if (second === 'Back') return { _tag: 'Back', id, stream: names.join(' ') }
  if (second === 'Ended') return { _tag: 'Ended', id, end: { ...lost, ...end } }
  return { _tag: second as 'Opened' | 'Settled' | 'Unsettled' | 'Data' | 'ShuttingDown', id }
}

/** The short form of an output: `Open 2`, `Close 1`, `1 Waiting 500 #1 lost`. */
export const said = (output: SessionOutput): string => {
  if (output._tag === 'Open') {
    const { id, throttleLevel, unreached, quiet } = output
    const more = [
      throttleLevel > 0 && ` level ${throttleLevel}`,
      unreached > 0 && ` unreached ${unreached}`,
      quiet !== undefined && ` for ${[...quiet].join()}`,
    ]
    return [`Open ${id}`, ...more.filter((part) => part !== false)].join('')
  }
  if (output._tag !== 'Say') return `${output._tag} ${output.id}`
  const { id, status } = output
  if (status._tag === 'Waiting') return `${id} Waiting ${status.delay} #${status.attempt} ${status.reason}`
  if (status._tag === 'Disconnected') return `${id} Disconnected ${status.code} ${status.reason}`
  return status._tag === 'Rotating' || status._tag === 'Probing' ? `${id} ${status._tag} ${status.reason}` : status._tag
}
