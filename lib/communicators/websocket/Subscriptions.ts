import type { Dialect, RequestId } from '../../venues/Dialect.js'

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
  readonly dialect: Pick<Dialect, 'list' | 'requestId' | 'transientCodes'>
}

/** What an answer meant for a stream. */
export type Outcome =
  | { readonly _tag: 'Acknowledged' | 'Unsubscribed'; readonly stream: string }
  | { readonly _tag: 'Rejected'; readonly stream: string; readonly code: number; readonly reason: string }

/** A connection that was opened with these streams in its address. */
export const opened = (
  wanted: ReadonlySet<string>,
  carried: readonly string[],
  dialect: Subscriptions['dialect'],
): Subscriptions => ({
  wanted,
  held: new Set(carried), // F04
  refused: new Set(),
  parts: [],
  pending: undefined,
  isUnsure: false,
  missed: 0,
  lastNumber: 0,
  dialect,
})

/** Nothing is left to ask for or to wait for. */
export const isSettled = ({ wanted, held, refused, pending, isUnsure }: Subscriptions): boolean =>
  pending === undefined && !isUnsure && [...wanted].every((name) => held.has(name) || refused.has(name))
