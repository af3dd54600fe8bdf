import type { ControlMessage } from '../../../venues/ControlMessage.js'
import type { Dialect, RequestId } from '../../../venues/Dialect.js'

/** One message that asks the venue for something. */
export interface Request {
  readonly id: RequestId
  readonly method: 'subscribe' | 'unsubscribe' | 'list'
  /** None where the venue is asked for its list. */
  readonly names: readonly string[]
}

/** What one connection should carry, what it carries, and what was asked for and not answered yet. */
export interface Subscriptions {
  readonly wanted: ReadonlySet<string>
  /** What the venue sends on this connection, as far as its answers say. */
  readonly held: ReadonlySet<string>
  /** Wanted, and refused by the venue: not asked for again until they are wanted anew. */
  readonly refused: ReadonlySet<string>
  /** Wanted, and asked for anew: those that are held are let go first. */
  readonly renewed: ReadonlySet<string>
  /** Parts of a refused request, asked for one after the other to find the name that is wrong. */
  readonly parts: readonly (readonly string[])[]
  /** Only one request is under way at a time, so an error without an id belongs to it. */
  readonly pending: (Request & { readonly sentAt: number }) | undefined
  /** An answer is missing or makes no sense: the venue's own list comes next. */
  readonly isUnsure: boolean
  /** Requests in a row that were not answered, or not as they should be. */
  readonly missed: number
  /** The number of the last request. */
  readonly lastNumber: number
  readonly dialect: Pick<Dialect, 'list' | 'requestId' | 'isTransient'>
}

/** What an answer meant for a stream. */
export type Outcome =
  | { readonly _tag: 'Acknowledged' | 'Unsubscribed'; readonly stream: string }
  | { readonly _tag: 'Rejected'; readonly stream: string; readonly code: number; readonly reason: string }

/** Of these names those that are among others; all of them, where there are no others. */
export const restricted = (names: ReadonlySet<string>, to: ReadonlySet<string> | undefined): ReadonlySet<string> =>
  to === undefined ? names : new Set([...names].filter((name) => to.has(name)))

/** A connection that was opened with these streams in its address. */
export const opened = (
  wanted: ReadonlySet<string>,
  carried: readonly string[],
  dialect: Subscriptions['dialect'],
): Subscriptions => ({
  wanted,
  held: new Set(carried), // F04
  refused: new Set(),
  renewed: new Set(),
  parts: [],
  pending: undefined,
  isUnsure: false,
  missed: 0,
  lastNumber: 0,
  dialect,
})

const MISSED_ANSWERS = 3

/** So many requests in a row had no proper answer that the connection is given up. */
export const isUnanswered = ({ missed }: Subscriptions): boolean => missed >= MISSED_ANSWERS

/** Nothing is left to ask for or to wait for. */
export const isSettled = ({ wanted, held, refused, renewed, pending, isUnsure }: Subscriptions): boolean =>
  pending === undefined &&
  !isUnsure &&
  renewed.size === 0 &&
  [...wanted].every((name) => held.has(name) || refused.has(name))

/** How many streams are wanted, and are neither carried nor asked for. */
export const unaskedOf = ({ wanted, held, refused, pending }: Subscriptions): number => {
  const asked = new Set(pending?.names)
  return [...wanted].filter((name) => !held.has(name) && !refused.has(name) && !asked.has(name)).length
}

/** Other streams are wanted from now on. */
export const want = (state: Subscriptions, wanted: ReadonlySet<string>): Subscriptions => {
  const still = (names: ReadonlySet<string>) => restricted(names, wanted)
  return { ...state, wanted, refused: still(state.refused), renewed: still(state.renewed) }
}

/** A stream brings nothing: where it is held, it is let go and asked for once more. */
export const renew = (state: Subscriptions, name: string): Subscriptions =>
  state.held.has(name) && state.wanted.has(name) ? { ...state, renewed: new Set([...state.renewed, name]) } : state

/** A stream came by itself: where it was not let go yet, it is kept. */
export const keep = (state: Subscriptions, name: string): Subscriptions =>
  state.held.has(name) && state.renewed.has(name) && state.pending?.names.includes(name) !== true
    ? { ...state, renewed: without(state.renewed, [name]) }
    : state

const without = (names: ReadonlySet<string>, gone: readonly string[]): ReadonlySet<string> =>
  new Set([...names].filter((name) => !gone.includes(name)))

/** What it carries, or will again in a moment. */
export const carriedBy = ({ held, renewed }: Subscriptions): ReadonlySet<string> => new Set([...held, ...renewed])

/**
 * The next message to send, with at most `most` names, or none. What is no longer wanted goes first, so that the
 * venue's limit holds; what is not wanted any more at this moment was never asked for.
 */
export const ask = (state: Subscriptions, most: number, now: number): readonly [Subscriptions, Request | undefined] => {
  if (state.pending !== undefined) return [state, undefined]
  const [method, names, parts] = nextNames(state, most)
  if (method !== 'list' && names.length === 0) return [{ ...state, parts }, undefined]
  const lastNumber = state.lastNumber + 1
  const request = { id: state.dialect.requestId?.(lastNumber) ?? lastNumber, method, names }
  return [{ ...state, parts, pending: { ...request, sentAt: now }, lastNumber }, request]
}

/** What is sent for a request; nothing where the venue has no list to ask for. */
export const textOf = (dialect: Dialect, { method, names, id }: Request): string | undefined =>
  method === 'list' ? dialect.list?.(id) : dialect[method](names, id)

type Next = readonly [Request['method'], readonly string[], Subscriptions['parts']]

const nextNames = ({ wanted, held, refused, renewed, parts, isUnsure }: Subscriptions, most: number): Next => {
  if (isUnsure) return ['list', [], parts]
  const surplus = [...held].filter((name) => !wanted.has(name) || renewed.has(name)) // F52
  if (surplus.length > 0) return ['unsubscribe', surplus.slice(0, most), parts] // F18
  const isMissing = (name: string) => wanted.has(name) && !held.has(name) && !refused.has(name)
  const [part = [], ...others] = parts.map((names) => names.filter(isMissing)).filter(({ length }) => length > 0)
  if (part.length > 0) return ['subscribe', part.slice(0, most), others]
  const missing = [...wanted].filter(isMissing).slice(0, most) // F17
  return ['subscribe', missing, []]
}

/** Whether there is something to ask for now. */
export const hasRequest = (state: Subscriptions): boolean => ask(state, 1, 0)[1] !== undefined

/** When the request under way, if there is one, should have been answered. */
export const answerDueAt = ({ pending }: Subscriptions, timeout: number): number =>
  pending === undefined ? Infinity : pending.sentAt + timeout

/** A request without an answer in time is given up. */
export const giveUpLate = (state: Subscriptions, timeout: number, now: number): Subscriptions => {
  if (now >= answerDueAt(state, timeout)) return miss(state) // F14
  return state
}

/** The request under way was not answered in time, or not for good: the venue is asked for its list, or, where it has none, once more. */
export const miss = (state: Subscriptions): Subscriptions => ({
  ...state,
  pending: undefined,
  isUnsure: state.dialect.list !== undefined,
  missed: state.missed + 1,
})

/** What an answer of the venue says about the request under way; other answers change nothing. */
export const answer = (state: Subscriptions, control: ControlMessage): readonly [Subscriptions, readonly Outcome[]] => {
  const { pending } = state
  if (pending === undefined || control.type === 'heartbeat') return [state, []]
  const isOurs = control.id !== undefined && control.id !== null && String(control.id) === String(pending.id)
  if (control.type === 'acknowledgement') return isOurs ? acknowledged(state, pending, control.result) : [state, []]
  // Without an id it may be the late answer to what was given up: then the list says more.
  if (control.id === undefined || control.id === null)
    return pending.method === 'list' ? [state, []] : refused(state, pending, control)
  return isOurs ? refused(state, pending, control) : [state, []]
}

const acknowledged = (
  state: Subscriptions,
  { method, names }: Request,
  result: unknown,
): readonly [Subscriptions, readonly Outcome[]] => {
  if (method === 'list') return listed(state, result)
  const isIn = method === 'subscribe'
  const held = isIn ? new Set([...state.held, ...names]) : without(state.held, names)
  const renewed = isIn ? without(state.renewed, names) : state.renewed
  return [
    { ...state, held, renewed, pending: undefined, missed: 0 },
    names.map((stream) => ({ _tag: method === 'subscribe' ? 'Acknowledged' : 'Unsubscribed', stream })),
  ]
}

/** The venue's own list is the truth. */
const listed = (state: Subscriptions, result: unknown): readonly [Subscriptions, readonly Outcome[]] => {
  if (!Array.isArray(result)) return [miss(state), []]
  const held = new Set(result.filter((name) => typeof name === 'string'))
  const gained = [...held].filter((name) => state.wanted.has(name) && !state.held.has(name))
  const gone = [...state.held].filter((name) => !held.has(name))
  return [
    { ...state, held, pending: undefined, isUnsure: false },
    [
      ...gone.map((stream) => ({ _tag: 'Unsubscribed', stream }) as const),
      ...gained.map((stream) => ({ _tag: 'Acknowledged', stream }) as const),
    ],
  ]
}

const refused = (
  state: Subscriptions,
  { method, names }: Request,
  { code, message }: Extract<ControlMessage, { type: 'error' }>,
): readonly [Subscriptions, readonly Outcome[]] => {
  if (method !== 'subscribe' || state.dialect.isTransient?.(code) === true) return [miss(state), []]
  const [stream = ''] = names
  // F14
  if (names.length > 1) {
    const half = names.length >>> 1
    const parts = [names.slice(0, half), names.slice(half), ...state.parts]
    return [{ ...state, parts, pending: undefined, missed: 0 }, []]
  }
  // Whoever stopped wanting it meanwhile may want it anew, and ask again.
  const isWanted = state.wanted.has(stream)
  return [
    {
      ...state,
      refused: isWanted ? new Set([...state.refused, stream]) : state.refused,
      renewed: without(state.renewed, [stream]),
      pending: undefined,
      missed: 0,
    },
    isWanted ? [{ _tag: 'Rejected', stream, code, reason: message }] : [],
  ]
}
