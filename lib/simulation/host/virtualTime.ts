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
  /** Lets time pass until nothing more arrives by itself. */
  readonly finish: () => Promise<void>
  /** When the next action is due; `undefined` when nothing waits. */
  readonly due: () => number | undefined
}

/** A blocked process runs its timers before it reads its sockets. */
const AFTER_TIMERS = 0.5

/** How often the event loop turns until promises that wait for nothing outside are done. */
const TURNS = 4

/** What comes by itself as time passes, read ahead of it. */
export interface Arrivals {
  /** Resolves when it is known what comes next. */
  readonly ready: () => Promise<void> | undefined
  /** When the next one comes, in ms since 1970; `undefined` when none is left. */
  readonly due: () => number | undefined
  /** It comes now. */
  readonly arrive: () => void
}

const none: Arrivals = { ready: () => undefined, due: () => undefined, arrive: () => undefined }

/** Without a start, time begins with the first arrival, and shows 0 before. */
export const virtualTime = (start?: number, { ready, due, arrive }: Arrivals = none): VirtualTime => {
  const clock = recordedClock(start)
  if (start !== undefined) clock.start(start)
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

  const begin = async () => {
    await ready()
    const first = due()
    if (first !== undefined) clock.start(first)
    if (hasPromises) await settle()
  }
  /** Runs what is due, in the order of its time; timers run before what comes at their time. */
  const runTo = async (end: number, isOver: () => boolean) => {
    for (;;) {
      const reading = ready()
      if (reading !== undefined) await reading
      if (isOver()) return
      const [timer = Infinity, arrival = Infinity] = [clock.due(), due()]
      const next = Math.min(timer, Math.max(arrival, scheduler.now()))
      if (next > end || next === Infinity) return
      clock.advance(next)
      if (arrival <= next && timer > next) arrive()
      while (hasPromises) await settle()
    }
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
      await begin()
      const end = scheduler.now() + ms
      await runTo(end, () => false)
      clock.advance(end)
    },
    finish: async () => {
      await begin()
      await runTo(Infinity, () => due() === undefined)
    },
    due: clock.due,
  }
}
