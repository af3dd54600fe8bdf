import { Subscription, timer, type SchedulerLike } from 'rxjs'

/** Timers take no more, in ms. */
export const LONGEST = 2 ** 31 - 1

/** Does it once after so many ms; never, where no timer is that long. */
export const later = (ms: number, scheduler: SchedulerLike, work: () => void): Subscription =>
  ms > LONGEST ? new Subscription() : timer(ms, scheduler).subscribe(work)
