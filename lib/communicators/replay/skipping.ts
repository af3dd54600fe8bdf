import { Subject } from 'rxjs'
import type { Signal } from '../../Signal.js'
import type { Skipped } from '../Communicator.js'
import { recordedClock } from '../recordedClock.js'
import { UNTIMED } from './Batch.js'

/** Tells what a replay skips to those who make books of it. */
export interface Skipping extends Skipped {
  /** Somebody hears it. */
  readonly isHeard: () => boolean
  readonly skip: (signal: Signal, time: number) => void
  /** What follows is played. */
  readonly end: () => void
  readonly reset: () => void
}

/** It has a clock of its own, since what waits for the recording to begin must not see this time pass. */
export const skipping = (): Skipping => {
  const clock = recordedClock()
  const signal$ = new Subject<Signal>()
  const over$ = new Subject<void>()
  return {
    ...{ signal$, over$, scheduler: clock.scheduler },
    isHeard: () => signal$.observed,
    skip: (signal, time) => {
      if (!signal$.observed) return
      if (time !== UNTIMED) clock.advance(time)
      signal$.next(signal)
    },
    end: () => over$.next(),
    reset: clock.reset,
  }
}
