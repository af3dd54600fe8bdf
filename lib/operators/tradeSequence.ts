import type { TradeIds } from './DerivedKline.js'
import { idOf, type TradeEvent } from './TradeEvent.js'

/**
 * Why ids are missing for good: the venue gave what is around them, or nothing; asking for them failed; more were missing,
 * or more events waited for them, than may; or the venue's ids began anew.
 */
export type MissingReason = 'gone' | 'failed' | 'too many' | 'buffer full' | 'restarted'

/** Ids that do not come any more. */
export interface MissingTrades extends TradeIds {
  /** Why they cannot be had. */
  readonly reason: MissingReason
  /** What went wrong, for `failed`. */
  readonly error?: unknown
}

/** How an event of `backfill` came to be where it is. */
export interface Backfill {
  /** It was asked for, because the stream had not brought it. */
  readonly isBackfilled: boolean
  /** What is missing between the event before it and this one; absent where nothing is. */
  readonly missing?: readonly MissingTrades[]
}

/** The events of one symbol in the order of their ids; those that come too early wait. */
export interface TradeSequence<T extends TradeEvent> {
  /** An event of the stream. */
  readonly received: (event: T) => void
  /** Events that were asked for; of those that the stream has brought, nothing changes. */
  readonly fetched: (events: readonly T[]) => void
  /** The next event, where the one before it was taken. */
  readonly next: () => (T & Backfill) | undefined
  /** The ids that are missing before the first event that waits; `undefined` where none waits. */
  readonly gap: () => TradeIds | undefined
  /** Nobody waits any more for those that are missing, up to this id. */
  readonly giveUp: (last: number, reason: MissingReason, error?: unknown) => void
  /** How many events wait. */
  readonly size: () => number
}

/** How many ranges are remembered that were given up, of which an event may come late. */
const MOST_RANGES = 100

/** `from` gives the id with which the sequence begins, once its first event is there. */
export const tradeSequence = <T extends TradeEvent>(from: (first: T) => number): TradeSequence<T> => {
  /** Events by their ids, all later than `last`; each knows whether it was asked for. */
  const waiting = new Map<number, T & Backfill>()
  /** The ids of these, in order. */
  const order: number[] = []
  /** Those that came late, or before the ids began anew: they wait for nothing. */
  const first: (T & Backfill)[] = []
  let last = NaN
  let newestTime = -Infinity
  let missing: readonly MissingTrades[] = []
  let givenUp: readonly TradeIds[] = []

  const wait = (event: T, isBackfilled: boolean): void => {
    const id = idOf(event)
    if (id <= last || waiting.has(id)) return
    waiting.set(id, { ...event, isBackfilled })
    let at = order.length
    while (at > 0 && (order[at - 1] ?? -Infinity) > id) at--
    if (at === order.length) order.push(id)
    else order.splice(at, 0, id)
  }

  const taken = (id: number): (T & Backfill) | undefined => {
    const event = waiting.get(id)
    if (event === undefined) return undefined
    waiting.delete(id)
    last = id
    if (missing.length === 0) return event
    const withMissing = { ...event, missing }
    missing = []
    return withMissing
  }

  const gap = (): TradeIds | undefined => {
    const [next] = order
    return next === undefined || next === last + 1 ? undefined : { first: last + 1, last: next - 1 }
  }

  const giveUp: TradeSequence<T>['giveUp'] = (until, reason, error) => {
    const now = gap()
    if (now === undefined || until < now.first) return
    const ids = { first: now.first, last: Math.min(now.last, until) }
    missing = [...missing, { ...ids, reason, ...(error !== undefined && { error }) }]
    givenUp = [...givenUp.slice(1 - MOST_RANGES), ids]
    last = ids.last
  }

  const following = (): (T & Backfill) | undefined => {
    const [id] = order
    if (id !== last + 1) return undefined
    order.shift()
    return taken(id)
  }

  /** The ids begin anew: all that waits comes first. */
  const restart = (event: T): void => {
    for (const id of [...order]) {
      giveUp(id - 1, 'restarted')
      const one = following()
      if (one !== undefined) first.push(one)
    }
    missing = []
    givenUp = []
    last = idOf(event) - 1
  }

  return {
    ...{ gap, giveUp },
    next: () => first.shift() ?? following(),
    size: () => waiting.size,
    fetched: (events) => {
      for (const event of events) wait(event, true)
    },
    received: (event) => {
      const id = idOf(event)
      if (Number.isNaN(last)) last = Math.min(from(event), id) - 1
      if (id <= last) {
        const isLate = givenUp.some((ids) => id >= ids.first && id <= ids.last)
        if (isLate) first.push({ ...event, isBackfilled: false })
        if (isLate || event.tradeTime <= newestTime) return
        restart(event)
      }
      newestTime = Math.max(newestTime, event.tradeTime)
      wait(event, false)
    },
  }
}
