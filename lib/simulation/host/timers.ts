import { repeat, Subscription, timer, type SchedulerLike } from 'rxjs'
import { LONGEST_WAIT } from '../../timing/timer.js'

/** Works once after so many milliseconds; never, where no timer can wait that long. */
export const after = (ms: number, scheduler: SchedulerLike, work: () => void): Subscription =>
  ms > LONGEST_WAIT ? new Subscription() : timer(ms, scheduler).subscribe(work)

/** Works every so many milliseconds. Each time is a timer of its own, since virtual clocks chain one that repeats. */
export const every = (ms: number, scheduler: SchedulerLike, work: () => void): Subscription =>
  ms > LONGEST_WAIT ? new Subscription() : timer(ms, scheduler).pipe(repeat()).subscribe(work)
