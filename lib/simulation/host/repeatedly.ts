import { repeat, Subscription, timer, type SchedulerLike } from 'rxjs'
import { LONGEST } from './later.js'

/** Does it every so many ms; each time is a timer of its own, since virtual clocks chain those of one that repeats. */
export const repeatedly = (ms: number, scheduler: SchedulerLike, work: () => void): Subscription =>
  ms > LONGEST ? new Subscription() : timer(ms, scheduler).pipe(repeat()).subscribe(work)
