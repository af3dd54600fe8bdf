import { Subscription, timer, type SchedulerLike } from 'rxjs'
import { LONGEST } from './later.js'

/** Does it every so many ms. */
export const repeatedly = (ms: number, scheduler: SchedulerLike, work: () => void): Subscription =>
  ms > LONGEST ? new Subscription() : timer(ms, ms, scheduler).subscribe(work)
