import { Subscription, type SchedulerLike } from 'rxjs'

/** One timer for everything that somebody waits for. */
export interface Timer {
  /** Runs at this time, or earlier where an earlier one was asked for. `Infinity` asks for nothing. */
  readonly at: (due: number) => void
  readonly stop: () => void
}

/** No timer of a host can wait longer, in ms. */
export const LONGEST_WAIT = 2 ** 31 - 1

/** Calls `work` when it is time; `work` asks anew for what is left. `clock` gives ms. */
export const createTimer = (scheduler: SchedulerLike, clock: () => number, work: () => void): Timer => {
  let waiting = Subscription.EMPTY
  let set = Infinity
  return {
    at: (due) => {
      if (due >= set) return
      waiting.unsubscribe()
      set = due
      waiting = scheduler.schedule(
        () => {
          set = Infinity
          work()
        },
        Math.min(LONGEST_WAIT, Math.max(0, Math.ceil(due - clock()))),
      )
    },
    stop: () => {
      set = -Infinity
      waiting.unsubscribe()
    },
  }
}
