import type { Signal } from '../../Signal.js'
import type { RecordedClock } from '../recordedClock.js'
import type { Batch } from './Batch.js'

/** Plays batches on the recorded clock, at its pace. */
export interface Player {
  readonly play: (batch: Batch) => Promise<void> | undefined
  /** After the last frame: the clock runs on until nothing is due, for at most so many ms. */
  readonly drain: (ms: number) => Promise<void> | undefined
  /** Looks again at what is due: somebody set an action. */
  readonly wake: () => void
  /** Ends a wait, and leaves no timer. */
  readonly stop: () => void
}

/** Where a player plays. */
export interface Stage {
  readonly clock: RecordedClock
  /** Whether somebody still listens. */
  readonly open: () => boolean
  /** What came from which one of those that are merged, counted from 0. */
  readonly deliver: (signal: Signal, time: number, of: number) => void
}
