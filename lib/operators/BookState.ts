import type { BookLevel, OrderBook } from '../book/OrderBook.js'
import type { DepthUpdate } from '../events/DepthUpdate.js'

/** Why a book is not synced: it has just begun, it was lost, or the last snapshot was of no use. */
export type SyncingReason = 'start' | 'reset' | 'gap' | 'restart' | 'crossed' | 'snapshot failed' | 'snapshot too old'

/** There is no book to read now. */
export interface Syncing {
  readonly _tag: 'Syncing'
  readonly reason: SyncingReason
  /** Which request for a snapshot this state makes or waits for, counted from 1 since the book was last synced. */
  readonly attempt: number
}

/** The best of both sides at one moment; `undefined` where a side is empty. */
export interface TopOfBook {
  readonly bid: BookLevel | undefined
  readonly ask: BookLevel | undefined
}

/** The book is the venue's, up to and including `update`. */
export interface Synced {
  readonly _tag: 'Synced'
  /** Live: one object as long as the book stays synced, changed in place. */
  readonly book: OrderBook
  /** Immutable; the same object as long as nothing changes at the top. */
  readonly top: TopOfBook
  /** The last update in the book. */
  readonly update: DepthUpdate
}

/** What `syncDepth` says: only a synced book can be read. */
export type BookState = Syncing | Synced
