import type { ObservableInput, SchedulerLike } from 'rxjs'
import type { DepthSnapshot } from '../events/DepthSnapshot.js'
import type { DepthRule } from '../venues/depthRule.js'
import type { Backoff } from '../timing/backoff.js'

/** What `syncDepth` needs to know. */
export interface SyncDepthConfig {
  /** How the venue numbers its updates: `venue.depthRule`. */
  readonly rule: DepthRule
  /**
   * Fetches a snapshot of the book; the first value counts. An error is retried, unless it says `final: true` (a
   * symbol that is gone).
   */
  readonly snapshot: (symbol: string) => ObservableInput<DepthSnapshot>
  /** Emits when the connection that carries the updates was lost, before any later update. Default: never. */
  readonly reset?: ObservableInput<unknown>
  /** What all waiting runs on. Default: real time. */
  readonly scheduler?: SchedulerLike
  /** How many updates are kept for a snapshot to come; when there are more, the oldest go. Default 10,000. */
  readonly maxBuffer?: number
  /** The waits between snapshots that fail. Default 500 ms, doubled up to 30 s, without jitter and without a limit. */
  readonly retry?: Backoff
  /** How long a snapshot may take, in ms; `Infinity` for ever, as in a replay. Default 10,000. */
  readonly timeout?: number
}
