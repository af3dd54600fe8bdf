import type { ObservableInput, SchedulerLike } from 'rxjs'
import type { DepthSnapshot } from '../events/DepthSnapshot.js'
import type { Backoff } from '../timing/backoff.js'
import type { OnProgress } from '../timing/RequestProgress.js'
import type { DepthRule } from '../venues/depthRule.js'

/** Fetches a snapshot; `scheduler` is the time in which it answers, where that is not the real one. */
type SnapshotOf = ((symbol: string, onProgress: OnProgress) => ObservableInput<DepthSnapshot>) & {
  readonly scheduler?: SchedulerLike
}

/** What `syncDepth` needs to know. */
export interface SyncDepthConfig {
  /** How the venue numbers its updates: `venue.depthRule`. */
  readonly rule: DepthRule
  /**
   * Fetches a snapshot of the book; the first value counts. An error is retried, unless it says `final: true` (a
   * symbol that is gone). A request that has to wait for its turn says so by `onProgress`: that wait is no failure.
   */
  readonly snapshot: SnapshotOf
  /** Emits when the connection that carries the updates was lost, before any later update. Default: never. */
  readonly reset?: ObservableInput<unknown>
  /** The symbol until the first update says it; without it, nothing is asked for before that. */
  readonly symbol?: string
  /**
   * Emits when the updates come from now on. Where `symbol` is given and none comes within a second, the snapshot is
   * asked for without one: so a market in which nothing happens has a book, too. Default: never.
   */
  readonly acknowledged?: ObservableInput<unknown>
  /**
   * Emits when a snapshot can be had at once, as where a recording holds one. Where `symbol` is given and no update has
   * come yet, it is asked for without one. Default: never.
   */
  readonly available?: ObservableInput<unknown>
  /** Emits for how many ms nothing came, when that is longer than usual. Default: never. */
  readonly silent?: ObservableInput<number>
  /** When the update that is being handed over arrived, in ms since 1970. Default: now, by the scheduler. */
  readonly receivedAt?: () => number
  /** What all waiting runs on. Default: the time of `client.snapshot`, in a replay the recorded one; else real time. */
  readonly scheduler?: SchedulerLike
  /**
   * How many updates are kept for a snapshot to come, and at most 200,000 levels of them; when there are more, the oldest
   * go, and the state `buffer full` says so. Default 10,000.
   */
  readonly maxBuffer?: number
  /** The waits between snapshots that fail. Default 500 ms, doubled up to 30 s, without jitter and without a limit. */
  readonly retry?: Backoff
  /**
   * How long a snapshot may take, in ms, from when its request left, as far as `onProgress` is told; else from when it
   * was asked for. `Infinity` for ever, as in a replay. Default 10,000.
   */
  readonly timeout?: number
}
