import type { SchedulerAction, SchedulerLike } from 'rxjs'
import { recordedClock } from '../../lib/communicators/recordedClock.js'

/** Time that passes when it is told to, for a venue and a client that may be blocked. */
export interface VirtualTime {
  /** The venue's, which never waits for the client. */
  readonly scheduler: SchedulerLike
  /** The client's: while it is blocked, its timers are late. */
  readonly clientScheduler: SchedulerLike
  /** Does it when the client looks at its sockets: now, or once it is no longer blocked and its timers have run. */
  readonly whenRead: (work: () => void) => void
  /** The client does nothing for so many ms. */
  readonly block: (ms: number) => void
  /** Promises are under way: time waits for them. */
  readonly stir: () => void
  /** Lets time pass, in ms. */
  readonly pass: (ms: number) => Promise<void>
  /** When the next action is due; `undefined` when nothing waits. */
  readonly due: () => number | undefined
}

/** A blocked process runs its timers before it reads its sockets. */
const AFTER_TIMERS = 0.5

/** How often the loop turns until promises that wait for nothing outside are done. */
const TURNS = 4

export const virtualTime = (start: number): VirtualTime => {
  const clock = recordedClock(start)
  clock.start(start)
  const { scheduler } = clock
  let blockedUntil = -Infinity
  let unread: (() => void)[] = []
  let isStirred = false

  const calm = async () => {
    isStirred = false
    for (let i = 0; i < TURNS; i++) await new Promise((resolve) => setImmediate(resolve))
  }

  const late: SchedulerLike['schedule'] = <T>(
    work: (this: SchedulerAction<T>, state?: T) => void,
    delay?: number,
    given?: T,
  ) =>
    scheduler.schedule<T>(
      function (state) {
        const wait = blockedUntil - scheduler.now()
        if (wait > 0) this.schedule(state, wait)
        else work.call(this, state)
      },
      delay,
      given,
    )

  const read = () => {
    const wait = blockedUntil + AFTER_TIMERS - scheduler.now()
    if (wait > 0) return void scheduler.schedule(read, wait)
    const arrived = unread
    unread = []
    for (const work of arrived) work()
  }
  const whenRead = (work: () => void) => {
    if (unread.length === 0 && blockedUntil <= scheduler.now()) return work()
    unread.push(work)
    if (unread.length === 1) read()
  }

  return {
    scheduler,
    clientScheduler: { now: () => scheduler.now(), schedule: late },
    whenRead,
    block: (ms) => {
      blockedUntil = Math.max(blockedUntil, scheduler.now() + ms)
    },
    stir: () => {
      isStirred = true
    },
    pass: async (ms) => {
      const end = scheduler.now() + ms
      if (isStirred) await calm()
      for (let due = clock.due(); due !== undefined && due <= end; due = clock.due()) {
        clock.advance(due)
        while (isStirred) await calm()
      }
      clock.advance(end)
    },
    due: clock.due,
  }
}
