import type { Signal, Source, Unstamped } from '../../Signal.js'
import { carries, noted, openOf, type AccountSession } from './accountSessions.js'

/**
 * What an account's key is.
 *
 * ```
 *                 Created            connected again, while nothing carried the account
 *      Absent ──────────────► Alive ───────────────────────────────────────────────────► Unproven
 *                             ▲   │ ◄─────────────────────────────────────────────────── │
 *                     Created │   │           extended, or an event came                 │
 *                             │   │ expired, gone                                        │ expired, gone
 *                             │   ▼                                                      │
 *                            Lapsed ◄────────────────────────────────────────────────────┘
 * ```
 *
 * The account is carried while its key is alive and one of the key's connections has all that was asked for.
 */
type KeyPhase =
  | { readonly _tag: 'Absent'; readonly key?: undefined }
  | {
      readonly _tag: 'Alive'
      readonly key: string
      /** A connection was open since the key was created: the next one may find it dead. */
      readonly wasOpen: boolean
      /** Since when the account is carried, in ms; `undefined` while it is not. */
      readonly carriedAt: number | undefined
    }
  /** It may have died while no connection would have told. */
  | { readonly _tag: 'Unproven'; readonly key: string }
  /** The venue said that it is no more, and another one is being asked for. */
  | { readonly _tag: 'Lapsed'; readonly key: string }

/** What is known of an account; the oldest session first. */
export interface AccountState {
  readonly phase: KeyPhase
  readonly sessions: readonly AccountSession[]
}

export const absent: AccountState = { phase: { _tag: 'Absent' }, sessions: [] }

/** What a frame says of the key: that one has expired, which, where it is said; or, by an event, that its own lives. */
export type KeyNews = { readonly _tag: 'Expired'; readonly key: string | undefined } | { readonly _tag: 'Event' }

export type AccountInput =
  /** A key was created, another one or the same one again. */
  | { readonly _tag: 'Created' | 'Extended'; readonly key: string }
  /** It could not be extended, because it is gone. */
  | { readonly _tag: 'Gone'; readonly key: string; readonly reason: string }
  /** A call for a key failed, and is made again in `delay` ms. */
  | { readonly _tag: 'Failed'; readonly delay: number; readonly attempt: number; readonly reason: string }
  /** No key can be had. */
  | { readonly _tag: 'Refused'; readonly code?: number; readonly reason: string }
  /** The session of a key said something. */
  | { readonly _tag: 'Said'; readonly key: string; readonly signal: Signal; readonly news?: KeyNews | undefined }
  | { readonly _tag: 'Tick' }

/** What to do, in this order. */
export type AccountOutput =
  | { readonly _tag: 'Pass'; readonly signal: Signal }
  | { readonly _tag: 'Say'; readonly status: Unstamped; readonly source?: Source }
  /** The events of the account come from now on. */
  | { readonly _tag: 'Carried' }
  /** They come no more, whatever is open. */
  | { readonly _tag: 'Lost'; readonly reason: string }
  | { readonly _tag: 'Start' | 'End'; readonly key: string }
  /** The key may have died, and is to be extended now; or it is known to live. */
  | { readonly _tag: 'ExtendNow'; readonly isDoubted: boolean }
  /** The key has expired: another one is to be created. */
  | { readonly _tag: 'Expire'; readonly key: string }
  | { readonly _tag: 'Complete' }

export interface AccountContext {
  /** In ms. */
  readonly now: number
  /** What each connection asks for; where there is nothing, it carries the account by itself. */
  readonly streams: ReadonlySet<string>
  /** How long a key's session goes on after the next one's carries the account, in ms. */
  readonly overlap: number
  readonly reasons: KeyReasons
}

/** In words, that there is another key, and that one has expired. */
export interface KeyReasons {
  readonly another: string
  readonly expired: string
}

const COMPLETE: AccountOutput = { _tag: 'Complete' }

type Step = readonly [AccountState, readonly AccountOutput[]]

/** The stream of account events, whatever key carries them; where a connection asks for it, all of the account is refused with it. */
export const ACCOUNT = 'account'

/** The next state, and what to do. */
export const stepAccount = (state: AccountState, input: AccountInput, context: AccountContext): Step => {
  const { phase, sessions } = state
  switch (input._tag) {
    case 'Created':
      return isInUse(phase, input.key) ? [state, []] : onCreated(state, input.key, context)
    case 'Extended':
      return phase._tag === 'Unproven' && phase.key === input.key ? proven(state, input.key, context) : [state, []]
    case 'Gone': {
      if (!isInUse(phase, input.key)) return [state, []]
      const [next, waiting, changes] = lapsed(state, input.key, input.reason, context)
      return [next, [waiting, ...changes]]
    }
    case 'Failed': {
      const { delay, attempt, reason } = input
      // A key that lives is extended so early that nobody needs to know of a failure.
      return [
        state,
        phase._tag === 'Alive' ? [] : [{ _tag: 'Say', status: { _tag: 'Waiting', delay, attempt, reason } }],
      ]
    }
    case 'Refused': {
      const { code, reason } = input
      const status = { _tag: 'Rejected', stream: ACCOUNT, ...(code !== undefined && { code }), reason } as const
      const isCarried = phase._tag === 'Alive' && phase.carriedAt !== undefined
      const lost: readonly AccountOutput[] = isCarried ? [{ _tag: 'Lost', reason }] : []
      return [absent, [{ _tag: 'Say', status }, ...lost, ...sessions.map(end), COMPLETE]]
    }
    case 'Said':
      return onSaid(state, input, context)
    case 'Tick':
      return onTick(state, context)
  }
}

/** When a `Tick` is due, in ms; `Infinity` for never. */
export const accountDue = (state: AccountState, overlap: number): number =>
  Math.min(...state.sessions.map((session) => endsAt(state, session, overlap)))

/** A session with another key ends at once where it is not open, or when the key in use has carried the account for a while. */
const endsAt = ({ phase }: AccountState, session: AccountSession, overlap: number): number => {
  if (isInUse(phase, session.key)) return Infinity
  if (openOf(session) === undefined) return -Infinity
  if (phase._tag !== 'Alive' || phase.carriedAt === undefined) return Infinity
  return phase.carriedAt + overlap
}

const onTick = (state: AccountState, { now, overlap }: AccountContext): Step => {
  const over = state.sessions.filter((session) => endsAt(state, session, overlap) <= now)
  return [{ ...state, sessions: state.sessions.filter((session) => !over.includes(session)) }, over.map(end)]
}

const isInUse = (phase: KeyPhase, key: string): boolean => phase.key === key && phase._tag !== 'Lapsed'

const end = ({ key }: AccountSession): AccountOutput => ({ _tag: 'End', key })

const onCreated = ({ phase, sessions }: AccountState, key: string, context: AccountContext): Step => {
  const own = sessions.find((session) => session.key === key)
  const others = sessions.filter((session) => session !== own)
  // Of those with other keys, one goes on until this key's carries the account.
  const former = others.findLast((session) => openOf(session) !== undefined) // F31
  const source = former && openOf(former)
  const starts: readonly AccountOutput[] = own === undefined ? [{ _tag: 'Start', key }] : [] // F34
  const next: AccountState = {
    phase: { _tag: 'Alive', key, wasOpen: own !== undefined && openOf(own) !== undefined, carriedAt: undefined },
    sessions: [...(former === undefined ? [] : [former]), own ?? { key, connections: [] }],
  }
  const { another } = context.reasons
  const [after, changes] = weighed(phase, next, another, context)
  const rotating: readonly AccountOutput[] =
    source === undefined ? [] : [{ _tag: 'Say', status: { _tag: 'Rotating', reason: another }, source }]
  return [after, [...rotating, ...others.filter((session) => session !== former).map(end), ...starts, ...changes]]
}

const LOST = 'the connection was lost'

const proven = ({ phase, sessions }: AccountState, key: string, context: AccountContext): Step => {
  const alive: AccountState = { phase: { _tag: 'Alive', key, wasOpen: true, carriedAt: undefined }, sessions }
  const [next, changes] = weighed(phase, alive, LOST, context)
  return [next, [{ _tag: 'ExtendNow', isDoubted: false }, ...changes]]
}

/** The status comes before anything that follows from it. */
const lapsed = ({ phase, sessions }: AccountState, key: string, reason: string, context: AccountContext) => {
  const waiting: AccountOutput = { _tag: 'Say', status: { _tag: 'Waiting', delay: 0, attempt: 1, reason } }
  const [next, changes] = weighed(phase, { phase: { _tag: 'Lapsed', key }, sessions }, reason, context)
  return [next, waiting, changes] as const
}

const onSaid = (
  state: AccountState,
  { key, signal, news }: Extract<AccountInput, { readonly _tag: 'Said' }>,
  context: AccountContext,
): Step => {
  const { phase } = state
  const pass: AccountOutput = { _tag: 'Pass', signal }
  if (signal._tag === 'Frame') {
    const expired = news?._tag === 'Expired' ? (news.key ?? key) : undefined
    // F32
    if (expired !== undefined && isInUse(phase, expired)) {
      const [next, waiting, changes] = lapsed(state, expired, context.reasons.expired, context)
      return [next, [waiting, pass, ...changes, { _tag: 'Expire', key: expired }]]
    }
    if (news?._tag !== 'Event' || phase._tag !== 'Unproven' || phase.key !== key) return [state, [pass]]
    const [next, outputs] = proven(state, key, context)
    return [next, [...outputs, pass]]
  }
  if (signal._tag === 'Rejected' && signal.stream === ACCOUNT)
    return [absent, [pass, ...state.sessions.map(end), COMPLETE]]
  const sessions = state.sessions.map((one) => (one.key === key ? noted(one, signal, context.streams) : one))
  const isOpened = signal._tag === 'Connected' && isInUse(phase, key)
  const [opened, doubts] = isOpened ? onOpened({ phase, sessions }) : [{ phase, sessions }, []]
  const [next, changes] = weighed(phase, opened, ('reason' in signal && signal.reason) || LOST, context)
  return [next, [pass, ...doubts, ...changes]]
}

/** A connection with the key in use is open. */
const onOpened = ({ phase, sessions }: AccountState): Step => {
  if (phase._tag === 'Alive' && !phase.wasOpen) return [{ phase: { ...phase, wasOpen: true }, sessions }, []]
  // Where another connection carried the account meanwhile, that one would have told of an expiry.
  const isUnproven = phase._tag === 'Alive' && phase.carriedAt === undefined
  const next: AccountState = { phase: isUnproven ? { _tag: 'Unproven', key: phase.key } : phase, sessions }
  return [next, [{ _tag: 'ExtendNow', isDoubted: true }]]
}

/** Says it when the account is carried now and was not before, or the other way round. */
const weighed = (before: KeyPhase, next: AccountState, reason: string, { now }: AccountContext): Step => {
  const { phase, sessions } = next
  const since = before._tag === 'Alive' ? before.carriedAt : undefined
  const isCarried = phase._tag === 'Alive' && sessions.some((session) => session.key === phase.key && carries(session))
  const change: AccountOutput = isCarried ? { _tag: 'Carried' } : { _tag: 'Lost', reason }
  const changes = isCarried === (since !== undefined) ? [] : [change]
  if (phase._tag !== 'Alive') return [next, changes]
  return [{ phase: { ...phase, carriedAt: isCarried ? (since ?? now) : undefined }, sessions }, changes]
}
