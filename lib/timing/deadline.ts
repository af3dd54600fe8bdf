import type { SchedulerLike } from 'rxjs'
import { createTimer, type Timer } from './timer.js'
import { LOOK_AGAIN, PUNCTUAL } from './wait.js'

/** A process that is blocked again and again decides after so many looks. */
const MOST_LOOKS = 3

/**
 * A timer for what is judged by what did not come. A process that was blocked sees its timers before its sockets: where
 * this one is late, `judge` is called some moments later, when the sockets were read.
 */
export const createDeadline = (scheduler: SchedulerLike, clock: () => number, judge: () => void): Timer => {
  let set = Infinity
  /** Nothing is judged before that. */
  let readUntil = -Infinity
  let looks = 0
  const timer = createTimer(scheduler, clock, () => {
    const now = clock()
    const isLate = now > set + (looks === 0 ? PUNCTUAL : LOOK_AGAIN)
    set = Infinity
    if (isLate && looks < MOST_LOOKS) {
      looks += 1
      readUntil = now + LOOK_AGAIN // F44
      return at(readUntil)
    }
    looks = 0
    judge()
  })
  const at = (due: number) => {
    set = Math.min(set, Math.max(due, readUntil, clock()))
    timer.at(set)
  }
  return { at, stop: timer.stop }
}
