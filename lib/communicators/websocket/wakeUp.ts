import { Subscription, type SchedulerLike } from 'rxjs'

/** One timer for everything that waits. */
export interface WakeUp {
  /** Wakes at this time, or earlier where an earlier one was asked for. `Infinity` asks for nothing. */
  readonly at: (due: number) => void
  readonly stop: () => void
}

/** No real timer can wait longer, in ms. */
const LONGEST_WAIT = 2 ** 31 - 1

/** Calls `work` when it is time; `work` asks anew for what is left. `clock` gives ms. */
export const createWakeUp = (scheduler: SchedulerLike, clock: () => number, work: () => void): WakeUp => {
  let timer = Subscription.EMPTY
  let set = Infinity
  return {
    at: (due) => {
      if (due >= set) return
      timer.unsubscribe()
      set = due
      timer = scheduler.schedule(
        () => {
          set = Infinity
          work()
        },
        Math.min(LONGEST_WAIT, Math.max(0, Math.ceil(due - clock()))),
      )
    },
    stop: () => {
      set = -Infinity
      timer.unsubscribe()
    },
  }
}
