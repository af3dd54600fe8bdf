import { clockOf } from './realTime.js'
import { map, Observable, raceWith, Subscription, type MonoTypeOperatorFunction, type SchedulerLike } from 'rxjs'

/** No timer of a host can wait longer, in ms: it would not wait at all. */
export const LONGEST_WAIT = 2 ** 31 - 1

/** A process that was blocked sees its timers before its sockets; after this time it has read them, in ms. */
export const LOOK_AGAIN = 250
/** How late a timer may be, in ms, though nothing blocked the process. */
export const PUNCTUAL = 20

/**
 * Works once, so many ms from now, however many these are; `Infinity` is never. Longer waits than a timer can have are
 * waited for in slices, by the scheduler's time.
 */
export const after = (ms: number, scheduler: SchedulerLike, work: () => void): Subscription => {
  if (ms === Infinity) return Subscription.EMPTY // F55
  const waiting = new Subscription()
  const { monotonic } = clockOf(scheduler)
  const due = monotonic() + ms
  const slice = (left: number): void => {
    const turn = () => {
      // F55
      if (left > LONGEST_WAIT) return slice(due - monotonic())
      waiting.unsubscribe()
      work()
    }
    waiting.add(scheduler.schedule(turn, Math.min(LONGEST_WAIT, Math.max(0, left)))) // F55
  }
  slice(ms)
  return waiting
}

/**
 * Emits once, so many ms after it was subscribed to, and completes; for `Infinity` it does neither.
 *
 * ```
 * wait(3)   ---(x|)
 * ```
 */
export const wait = (ms: number, scheduler: SchedulerLike): Observable<void> =>
  new Observable((subscriber) =>
    after(ms, scheduler, () => {
      subscriber.next()
      subscriber.complete()
    }),
  )

/**
 * Errors where the first value takes longer than `ms`; `Infinity` waits for ever.
 *
 * ```
 * source      ---a-b-|      -----a-|
 * within(4)   ---a-b-|      ----#
 * ```
 */
export const within = <A>(ms: number, scheduler: SchedulerLike, late: () => Error): MonoTypeOperatorFunction<A> =>
  raceWith(
    wait(ms, scheduler).pipe(
      map((): never => {
        throw late()
      }),
    ),
  )
