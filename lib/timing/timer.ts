import { Subscription, type SchedulerLike } from 'rxjs'
import { after } from './wait.js'

/** One timer for everything that somebody waits for. */
export interface Timer {
  /** Runs at this time, or earlier where an earlier one was asked for. `Infinity` asks for nothing. */
  readonly at: (due: number) => void
  readonly stop: () => void
}

/** Calls `work` when it is time; `work` asks anew for what is left. `clock` gives ms. */
export const createTimer = (scheduler: SchedulerLike, clock: () => number, work: () => void): Timer => {
  let waiting = Subscription.EMPTY
  let set = Infinity
  return {
    at: (due) => {
      if (due >= set) return
      waiting.unsubscribe()
      set = due
      waiting = after(Math.ceil(due - clock()), scheduler, () => {
        set = Infinity
        work()
      })
    },
    stop: () => {
      set = -Infinity
      waiting.unsubscribe()
    },
  }
}
