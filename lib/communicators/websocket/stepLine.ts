import type { End } from './End.js'
import type { Leg, Line, LineContext, LineInput, LineOutput } from './Line.js'
import { reconnectDelay } from './reconnectDelay.js'

type Step = readonly [Line, readonly LineOutput[]]

const leg = (id: number): Leg => ({
  id,
  openedAt: undefined,
  settledAt: undefined,
  rotateAt: Infinity,
  isDoomed: false,
})

/** The next state of a line, and what to do. */
export const stepLine = (line: Line, input: LineInput, context: LineContext): Step => {
  if (input._tag === 'Tick') return onTick(line, context)
  if (input._tag === 'Rotate') return rotate(line, input.reason, context)
  if (input._tag === 'Ended') return onEnded(line, input.id, input.end, context)
  const { now, term } = context
  const change = {
    Opened: { openedAt: now, rotateAt: now + term },
    Settled: { settledAt: now },
    ShuttingDown: { isDoomed: true },
  }[input._tag]
  const changed = changeLeg(line, input.id, change)
  return input._tag === 'ShuttingDown' && line.active?.id === input.id
    ? rotate(changed, 'serverShutdown', context)
    : onTick(changed, context)
}

const isStable = ({ openedAt }: Leg, { now, policy }: LineContext) =>
  openedAt !== undefined && now - openedAt >= policy.stableAfter

const changeLeg = (line: Line, id: number, change: Partial<Leg>): Line => ({
  ...line,
  active: line.active?.id === id ? { ...line.active, ...change } : line.active,
  successor: line.successor?.id === id ? { ...line.successor, ...change } : line.successor,
})

const onTick = (line: Line, context: LineContext): Step => {
  const { active, successor, openAt } = line
  if (active !== undefined && successor !== undefined && context.mayHandOver(active, successor))
    return promote(line, successor, [{ _tag: 'Close', id: active.id }], context)
  if (openAt !== undefined && context.now >= openAt) return open(line, context)
  // F10
  if (active !== undefined && active.rotateAt <= context.now) return rotate(line, 'lifetime', context)
  return [line, []]
}

/** Opens a connection: the active one where there is none, else its successor; later, where the budget is used up. */
const open = (line: Line, { now, attemptAt }: LineContext): Step => {
  if (attemptAt > now) {
    const wait = {
      delay: attemptAt - now,
      attempt: Math.max(1, line.attempt),
      reason: 'no attempt is allowed before then',
    }
    return [{ ...line, openAt: attemptAt }, [{ _tag: 'Wait', id: line.lastId, ...wait }]]
  }
  const id = line.lastId + 1
  const opening = { ...line, lastId: id, openAt: undefined }
  return [
    line.active === undefined ? { ...opening, active: leg(id) } : { ...opening, successor: leg(id) },
    [{ _tag: 'Open', id, caution: line.caution }],
  ]
}

/** Starts to replace the active connection, unless that is being done, or there is none that is open. */
const rotate = (line: Line, reason: string, context: LineContext): Step => {
  const { active, successor, openAt } = line
  if (active?.openedAt === undefined || successor !== undefined || openAt !== undefined) return [line, []]
  const rotating = {
    ...line,
    ...(isStable(active, context) && { attempt: 0, caution: 0 }),
    active: { ...active, rotateAt: Infinity },
  }
  const [next, outputs] = open(rotating, context)
  return [next, [{ _tag: 'Rotating', id: active.id, reason }, ...outputs]]
}

/** The successor becomes the active one. */
const promote = (line: Line, successor: Leg, outputs: readonly LineOutput[], context: LineContext): Step => {
  const promoted = { ...line, active: successor, successor: undefined }
  if (!successor.isDoomed) return [promoted, outputs]
  const [next, more] = rotate(promoted, 'serverShutdown', context)
  return [next, [...outputs, ...more]]
}

const onEnded = (line: Line, id: number, end: End, context: LineContext): Step => {
  const { active, successor } = line
  const ended = active?.id === id ? active : successor?.id === id ? successor : undefined
  if (ended === undefined) return [line, []]
  const { now, policy, random } = context
  const wasStable = isStable(ended, context) && !end.isFruitless
  const attempt = wasStable ? 1 : line.attempt + 1 // F01
  const caution = (wasStable ? 0 : line.caution) + (end.isSlow ? 1 : 0)
  if (ended === active && successor !== undefined)
    return promote({ ...line, active: undefined, caution }, successor, [], context)
  const delay = reconnectDelay(policy, attempt, end, random)
  return [
    {
      ...line,
      ...(ended === active ? { active: undefined } : { successor: undefined }),
      attempt,
      caution,
      openAt: now + delay, // F03
    },
    [{ _tag: 'Wait', id, delay, attempt, reason: end.reason }],
  ]
}

/** When a line has to be looked at again. */
export const lineDue = ({ active, successor, openAt }: Line, overlap: number, now: number): number => {
  const handOverAt = (successor?.settledAt ?? Infinity) + overlap
  return Math.min(openAt ?? Infinity, active?.rotateAt ?? Infinity, handOverAt > now ? handOverAt : Infinity)
}
