import { Subscription, type SchedulerAction, type SchedulerLike } from 'rxjs'
import { LONGEST_WAIT } from '../timing/wait.js'
import { reportError } from './record/reportError.js'

/** A clock that a replay moves: its scheduler's time is the recording's. */
export interface RecordedClock {
  /** `now()` is the recording's time in ms since 1970; give it to every operator that waits. */
  readonly scheduler: SchedulerLike
  /** When the next action is due; `undefined` when nothing waits. */
  readonly due: () => number | undefined
  /** The first frame is of time `t`: what was set before counts from there. Only the first call does something. */
  readonly start: (t: number) => void
  /**
   * Runs everything due at or before `t`, each at its own time, then shows `t`; never goes back. A gap of
   * more than a day in which more than 100,000 actions are due ends as a sleep of the host does: the rest is late.
   * Stops early once `open` says no. An action that throws harms no other: its error goes where RxJS reports errors.
   */
  readonly advance: (t: number, open?: () => boolean) => void
  /** Shows the beginning again; what still waits keeps the rest of its wait. */
  readonly reset: () => void
}

/** Of so many ms all is run that is due, and in a longer gap so much. */
const LONGEST_RUN = 86_400_000
const MOST_TURNS = 100_000

interface Waiting {
  due: number
  order: number
  readonly run: () => void
}

const always = () => true

/**
 * Makes a clock that shows `from` (ms since 1970, 0 when not given) until it is started.
 * `scheduled` is called whenever somebody sets an action.
 *
 * Actions due at the same time run in the order in which they were set. A delay of 0 runs at the time that is shown;
 * an action that repeats itself without delay takes 1 ms per turn, as a real timer does, so that it cannot stop time.
 */
export const recordedClock = (from?: number, scheduled: () => void = () => undefined): RecordedClock => {
  let time = from ?? 0
  let started = false
  let orders = 0
  const waiting: Waiting[] = []

  /** Where an action with this time and order stands, or would stand. */
  const placeOf = (due: number, order: number) => {
    let low = 0
    let high = waiting.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = waiting[middle]
      if (other !== undefined && (other.due < due || (other.due === due && other.order < order))) low = middle + 1
      else high = middle
    }
    return low
  }

  const cancel = (action: Waiting) => {
    const place = placeOf(action.due, action.order)
    if (waiting[place] === action) waiting.splice(place, 1)
  }

  const schedule = <T>(work: (this: SchedulerAction<T>, state?: T) => void, delay = 0, state?: T): Subscription => {
    let given = state
    let running = false
    const entry: Waiting = {
      due: 0,
      order: 0,
      run: () => {
        running = true
        try {
          work.call(action, given)
        } catch (error) {
          action.unsubscribe()
          reportError(error) // F45
        } finally {
          running = false
        }
      },
    }
    const set = (wait: number) => {
      cancel(entry)
      if (wait === Infinity) return
      entry.due = time + (wait > 0 ? wait : running ? 1 : 0)
      entry.order = orders += 1
      waiting.splice(placeOf(entry.due, entry.order), 0, entry)
      scheduled()
    }
    const action: SchedulerAction<T> = Object.assign(new Subscription(() => cancel(entry)), {
      schedule: (next?: T, wait = 0): Subscription => {
        if (action.closed) return action
        given = next
        set(wait)
        return action
      },
    })
    set(delay)
    return action
  }

  const move = (newDue: (due: number) => number) => {
    for (const action of waiting) action.due = newDue(action.due)
    waiting.sort((a, b) => a.due - b.due || a.order - b.order)
  }

  const start = (t: number) => {
    if (started) return
    started = true
    const jump = t - time
    // What waits as long as a timer can, while the clock shows 0, is the first slice of a wait for a date.
    const isDate = (due: number) => from === undefined && due >= LONGEST_WAIT
    move((due) => (isDate(due) ? Math.max(due, t) : due + jump))
    time = t
  }

  return {
    scheduler: { now: () => time, schedule },
    due: () => waiting[0]?.due,
    start,
    advance: (t, open = always) => {
      start(t)
      const day = time + LONGEST_RUN
      let turns = 0
      for (let next = waiting[0]; next !== undefined && next.due <= t && open(); next = waiting[0]) {
        waiting.shift()
        const isAsleep = next.due > day && (turns += 1) > MOST_TURNS // F67
        time = Math.max(time, isAsleep ? t : next.due)
        next.run()
      }
      if (open()) time = Math.max(time, t)
    },
    reset: () => {
      const back = time - (from ?? 0)
      move((due) => due - back)
      time -= back
      started = false
    },
  }
}
