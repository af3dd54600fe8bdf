import { asyncScheduler, NEVER, type SchedulerLike } from 'rxjs'
import { createWallClock, type WallClock } from './wallClock.js'

/** The one place where the host's clocks are read. */
export const realTime: WallClock = createWallClock({
  monotonic: () => performance.timeOrigin + performance.now(),
  wall: () => asyncScheduler.now(),
})

/** A clock of which one time is both: nobody steps it. */
export const steadyClock = (clock: () => number): WallClock => ({
  monotonic: clock,
  now: clock,
  at: (time) => time,
  look: () => undefined,
  step$: NEVER,
})

/** The clock of what waits on a scheduler: real time, or the scheduler's own. */
export const clockOf = (scheduler: SchedulerLike): WallClock => {
  if (scheduler === asyncScheduler) return realTime // F54
  return steadyClock(() => scheduler.now())
}
