import { Subject } from 'rxjs'
import type { Signal } from '../../Signal.js'
import type { Skipped } from '../Communicator.js'
import { recordedClock } from '../recordedClock.js'
import { UNTIMED, type Batch } from './Batch.js'

/** Tells what a replay skips to those who make books of it. */
export interface Skipping extends Skipped {
  /** Somebody hears it. */
  readonly isHeard: () => boolean
  readonly skip: (batch: Batch) => void
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
    skip: ({ signals, times }) => {
      if (!signal$.observed) return
      signals.forEach((signal, at) => {
        const time = times[at] ?? UNTIMED
        if (time !== UNTIMED) clock.advance(time)
        signal$.next(signal)
      })
    },
    end: () => over$.next(),
    reset: clock.reset,
  }
}
