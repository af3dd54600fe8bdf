import type { BookLevel, OrderBook } from '../book/OrderBook.js'
import type { DepthUpdate } from '../events/DepthUpdate.js'

/**
 * Why a book is not synced: its stream has brought nothing yet, its snapshot is asked for (`start`) or has to wait until
 * it may be, the book was lost, or the last snapshot was of no use; or a recording has brought none for a second (`no
 * snapshot yet`). `buffer full`: so many updates wait for the snapshot that the oldest are let go; a snapshot that is
 * older than the rest is then `too old`.
 */
export type SyncingReason =
  | 'waiting for the stream'
  | 'start'
  | 'waiting for the budget'
  | 'no snapshot yet'
  | 'reset'
  | 'gap'
  | 'restart'
  | 'crossed'
  | 'implausible'
  | 'buffer full'
  | 'snapshot failed'
  | 'snapshot too old'

/** There is no book to read now. */
export interface Syncing {
  readonly _tag: 'Syncing'
  /** Why there is none. */
  readonly reason: SyncingReason
  /** Which request for a snapshot this state makes or waits for, counted from 1 since the book was last synced. */
  readonly attempt: number
  /** What went wrong, for `snapshot failed` and `implausible`. */
  readonly error?: unknown
}

/** The best of both sides at one moment; `undefined` where a side is empty. */
export interface TopOfBook {
  /** The highest. */
  readonly bid: BookLevel | undefined
  /** The lowest. */
  readonly ask: BookLevel | undefined
}

/** The book is the venue's, up to and including `update`. */
export interface Synced {
  readonly _tag: 'Synced'
  /** Live: one object as long as the book stays synced, changed in place. */
  readonly book: OrderBook
  /** Immutable; the same object as long as nothing changes at the top. */
  readonly top: TopOfBook
  /** The last update in the book; `undefined` while it is the snapshot alone. */
  readonly update: DepthUpdate | undefined
}

/**
 * The book as it was: its stream was quiet for longer than usual. Either nothing happened in its market, or it is not
 * told; the next `Synced` or `Syncing` says which.
 */
export interface Stale {
  readonly _tag: 'Stale'
  /** As of `Synced`. */
  readonly book: OrderBook
  /** As of `Synced`. */
  readonly top: TopOfBook
  /** How long its stream had brought nothing, in ms; `book.age` goes on. */
  readonly quiet: number
}

/** What `syncDepth` says: a book can be read while it is synced or stale. */
export type BookState = Syncing | Synced | Stale
