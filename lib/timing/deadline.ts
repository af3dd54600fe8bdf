import type { SchedulerLike } from 'rxjs'
import { createTimer, type Timer } from './timer.js'
import { LOOK_AGAIN, PUNCTUAL } from './wait.js'

/**
 * A timer for what is judged by what did not come. A process that was blocked sees its timers before its sockets: where
 * this one is late, `judge` is called some moments later, when the sockets were read.
 */
export const createDeadline = (scheduler: SchedulerLike, clock: () => number, judge: () => void): Timer => {
  let set = Infinity
  /** Nothing is judged before that. */
  let readUntil = -Infinity
  const timer = createTimer(scheduler, clock, () => {
    const now = clock()
    const isLate = set !== readUntil && now > set + PUNCTUAL
    set = Infinity
    if (!isLate) return judge()
    readUntil = now + LOOK_AGAIN // F44
    at(readUntil)
  })
  const at = (due: number) => {
    const next = Math.max(due, readUntil, clock())
    if (next >= set) return
    set = next
    timer.at(next)
  }
  return { at, stop: timer.stop }
}
