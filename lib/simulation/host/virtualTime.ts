import { setImmediate } from 'node:timers'
import type { SchedulerAction, SchedulerLike } from 'rxjs'
import { recordedClock } from '../../communicators/recordedClock.js'

/** Time that passes by `pass` alone, for a venue and for a client whose process may be blocked. */
export interface VirtualTime {
  /** The venue's, which never waits for the client. */
  readonly scheduler: SchedulerLike
  /** The client's: while its process is blocked, its timers are late. */
  readonly clientScheduler: SchedulerLike
  /** Works when the client reads its sockets: now, or once it is no longer blocked and its timers have run. */
  readonly whenRead: (work: () => void) => void
  /** The client does nothing for so many milliseconds. */
  readonly block: (ms: number) => void
  /** Promises are under way: time waits until they are done. */
  readonly awaitPromises: () => void
  /** Lets so many milliseconds pass. */
  readonly pass: (ms: number) => Promise<void>
  /** When the next action is due; `undefined` when nothing waits. */
  readonly due: () => number | undefined
}

/** A blocked process runs its timers before it reads its sockets. */
const AFTER_TIMERS = 0.5

/** How often the event loop turns until promises that wait for nothing outside are done. */
const TURNS = 4

export const virtualTime = (start: number): VirtualTime => {
  const clock = recordedClock(start)
  clock.start(start)
  const { scheduler } = clock
  let blockedUntil = -Infinity
  let unread: (() => void)[] = []
  let hasPromises = false

  const settle = async () => {
    hasPromises = false
    for (let i = 0; i < TURNS; i++) await new Promise((resolve) => setImmediate(resolve))
  }

  const whenUnblocked: SchedulerLike['schedule'] = <T>(
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
    clientScheduler: { now: () => scheduler.now(), schedule: whenUnblocked },
    whenRead,
    block: (ms) => {
      blockedUntil = Math.max(blockedUntil, scheduler.now() + ms)
    },
    awaitPromises: () => {
      hasPromises = true
    },
    pass: async (ms) => {
      const end = scheduler.now() + ms
      if (hasPromises) await settle()
      for (let due = clock.due(); due !== undefined && due <= end; due = clock.due()) {
        clock.advance(due)
        while (hasPromises) await settle()
      }
      clock.advance(end)
    },
    due: clock.due,
  }
}
