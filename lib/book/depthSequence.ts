import type { DepthIds, DepthRule } from '../venues/depthRule.js'
import { appended, backlogOf, newestIn, updatesIn, type Backlog, type Weighed } from './backlog.js'

/** What the sequence looks at in an update: its ids, its size, and the venue's time in ms since 1970. */
export interface SequencedUpdate extends DepthIds, Weighed {
  readonly eventTime: number
}

/** Something happened: an update came, or the snapshot that was asked for. */
export type SequenceInput<U extends SequencedUpdate> =
  | { readonly _tag: 'Update'; readonly update: U }
  | {
      readonly _tag: 'Snapshot'
      readonly lastUpdateId: number
      /** It has neither bids nor asks. */
      readonly isEmpty: boolean
    }

/** Where a book stands. `behind` is an older id that came with a later time: the first sign of a restart. */
export type SequenceState<U extends SequencedUpdate> = { readonly behind?: U | undefined } & (
  | { readonly _tag: 'Collecting'; readonly buffer: Backlog<U> }
  /** A snapshot is there; its first update is not. `first` and `last` are what the stream said meanwhile. */
  | {
      readonly _tag: 'Primed'
      readonly local: number
      readonly joins: Pick<DepthRule, 'stale' | 'first'>
      readonly first?: U | undefined
      readonly last?: U | undefined
    }
  | { readonly _tag: 'Following'; readonly local: number; readonly eventTime: number }
)

/** What to do about an input. */
export type Verdict<U> =
  | { readonly _tag: 'Buffered' | 'Applied' | 'Dropped' }
  /** Buffered, and the oldest let go: more wait for a snapshot than may. */
  | { readonly _tag: 'Overflowed' }
  /** The book is lost, and collecting has begun again. */
  | { readonly _tag: 'Gap' | 'Restarted' }
  /** Make the book of the snapshot and apply these; where there are none, the snapshot alone is the book. */
  | { readonly _tag: 'Accepted'; readonly updates: readonly U[] }
  /** The snapshot is older than the buffer: fetch another one, the buffer is kept. */
  | { readonly _tag: 'Rejected' }

type Step<U extends SequencedUpdate> = readonly [state: SequenceState<U>, verdict: Verdict<U>]
type State<U extends SequencedUpdate, Tag> = Extract<SequenceState<U>, { readonly _tag: Tag }>

const buffered = { _tag: 'Buffered' } as const
const overflowed = { _tag: 'Overflowed' } as const
const applied = { _tag: 'Applied' } as const
const dropped = { _tag: 'Dropped' } as const
const gap = { _tag: 'Gap' } as const
const restarted = { _tag: 'Restarted' } as const
const rejected = { _tag: 'Rejected' } as const

/** How long, in ms of the venue's time, a snapshot may be ahead of the stream before it is one of an earlier life. */
const AHEAD = 60_000

/** No book yet: updates are kept until a snapshot comes. */
export const collecting = <U extends SequencedUpdate>(updates: readonly U[]): SequenceState<U> => ({
  _tag: 'Collecting',
  buffer: backlogOf(updates),
})

/** The newest of the updates that wait for a snapshot; `undefined` where none does. */
export const newestWaiting = <U extends SequencedUpdate>(state: SequenceState<U>): U | undefined =>
  state._tag === 'Collecting' ? newestIn(state.buffer) : undefined

/** The book holds everything up to this update. */
export const following = <U extends SequencedUpdate>({
  lastUpdateId,
  eventTime,
}: Pick<SequencedUpdate, 'lastUpdateId' | 'eventTime'>): SequenceState<U> => ({
  _tag: 'Following',
  local: lastUpdateId,
  eventTime,
})

/**
 * Puts the updates of one book and its snapshots in their order, by ids alone: no levels, no clock, no connection.
 *
 * A full buffer (`maxBuffer` updates, default 10,000, or 200,000 levels) lets go of its oldest, so that what is left stays
 * contiguous.
 */
export const depthSequence = <U extends SequencedUpdate>(
  rule: DepthRule,
  state: SequenceState<U>,
  input: SequenceInput<U>,
  maxBuffer = 10_000,
): Step<U> => {
  if (input._tag === 'Snapshot') return join(rule, state, input.lastUpdateId, input.isEmpty)
  const { update } = input
  // 1. An update that ends before it begins is malformed: never applied. If it hid a change, the next one is a gap.
  if (update.lastUpdateId < update.firstUpdateId) return [state, dropped]
  switch (state._tag) {
    case 'Collecting':
      return collect(rule, state, update, maxBuffer)
    case 'Primed':
      return begin(rule, state, update)
    case 'Following':
      return follow(rule, state, update)
  }
}

const collect = <U extends SequencedUpdate>(
  rule: DepthRule,
  state: State<U, 'Collecting'>,
  update: U,
  maxBuffer: number,
): Step<U> => {
  const { buffer } = state
  const last = newestIn(buffer)
  // 2. The first update: from here on a snapshot is of use.
  if (last === undefined) return [collecting([update]), buffered]
  // 3. A duplicate, or older than what is buffered.
  if (update.lastUpdateId <= last.lastUpdateId) return fallBehind(rule, state, update, last.eventTime)
  // 4. Something is missing before it: no snapshot could use what was buffered up to there.
  if (!rule.next(update, last.lastUpdateId)) return [collecting([update]), buffered]
  // 5. It follows. A full buffer lets its oldest go.
  const next = appended(buffer, update, maxBuffer)
  const hasGrown = next.to - next.from > buffer.to - buffer.from
  return [{ _tag: 'Collecting', buffer: next }, hasGrown ? buffered : overflowed]
}

const join = <U extends SequencedUpdate>(
  rule: DepthRule,
  state: SequenceState<U>,
  lastUpdateId: number,
  isEmpty: boolean,
): Step<U> => {
  const buffer = state._tag === 'Collecting' ? updatesIn(state.buffer) : []
  // 6. An empty book with id -1 or 0 is valid, and any first update follows it.
  const joins =
    isEmpty && lastUpdateId <= 0
      ? anywhere // F29
      : rule
  // 7. What the snapshot has already is dropped.
  const updates = buffer.filter((update) => !joins.stale(update, lastUpdateId))
  // 8. The first of the rest must join it; one that does not is newer: the snapshot is too old. The others follow (4).
  const [first] = updates
  if (first !== undefined && !joins.first(first, lastUpdateId)) return [state, rejected] // F23
  // 9. Nothing left: the snapshot is newer than everything buffered, and the first update that it lacks must join it.
  const seen = buffer.at(-1)
  const primed = { _tag: 'Primed', local: lastUpdateId, joins, first: seen, last: seen } as const
  return [updates.reduce<SequenceState<U>>((_, update) => following(update), primed), { _tag: 'Accepted', updates }]
}

const anywhere: Pick<DepthRule, 'stale' | 'first'> = { stale: () => false, first: () => true }

const begin = <U extends SequencedUpdate>(rule: DepthRule, state: State<U, 'Primed'>, update: U): Step<U> => {
  const { joins, local, last, first = update } = state
  // 10. The first update that the snapshot does not have must join it.
  // F23
  if (!joins.stale(update, local))
    return joins.first(update, local) ? [following(update), applied] : [collecting([update]), gap]
  // 11. One that the snapshot has, and the stream had.
  if (last !== undefined && update.lastUpdateId <= last.lastUpdateId)
    return fallBehind(rule, state, update, last.eventTime)
  // 12. The stream stays behind the snapshot for too long: the snapshot is older than a restart of the ids.
  if (update.eventTime - first.eventTime > AHEAD) return [collecting([update]), restarted]
  // 13. The stream catches up.
  return [{ ...state, first, last: update, behind: undefined }, dropped]
}

const follow = <U extends SequencedUpdate>(rule: DepthRule, state: State<U, 'Following'>, update: U): Step<U> => {
  // 14. From the first applied update on, everything up to it is stale: a duplicate of the last one is no gap.
  if (update.lastUpdateId <= state.local) return fallBehind(rule, state, update, state.eventTime) // F19
  // 15. Every next one must follow the last one; else something is missing, and it is the first that is buffered.
  return rule.next(update, state.local) ? [following(update), applied] : [collecting([update]), gap] // F20 F21 F28
}

const fallBehind = <U extends SequencedUpdate>(
  rule: DepthRule,
  state: SequenceState<U>,
  update: U,
  newest: number,
): Step<U> => {
  // 16. Stale and not later: a duplicate, or out of order.
  if (update.eventTime <= newest) return [state, dropped]
  // 17. Stale, later, and following another such one: the venue has restarted its ids.
  const { behind } = state
  return behind !== undefined && update.lastUpdateId > behind.lastUpdateId && rule.next(update, behind.lastUpdateId)
    ? [collecting([behind, update]), restarted] // F26
    : [{ ...state, behind: update }, dropped]
}
