import { repeat, type SchedulerLike, type Subscription } from 'rxjs'
import { wait } from '../../timing/wait.js'

/** Works every so many milliseconds. Each time is a timer of its own, since virtual clocks chain one that repeats. */
export const every = (ms: number, scheduler: SchedulerLike, work: () => void): Subscription =>
  wait(ms, scheduler).pipe(repeat()).subscribe(work)
