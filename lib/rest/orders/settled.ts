import { catchError, defer, map, of, switchMap, type Observable, type SchedulerLike } from 'rxjs'
import { backoff } from '../../timing/backoff.js'
import { clockOf } from '../../timing/realTime.js'
import { wait } from '../../timing/wait.js'

/** How the venue is asked what became of something that it did not answer. */
export interface SettleConfig<Order> {
  /** Asks once: the order, or `undefined` where the venue knows none. */
  readonly ask: () => Observable<Order | undefined>
  /** Whether this is what it was to become. */
  readonly isDone: (order: Order) => boolean
  /** When it left, by the monotonic time of the scheduler, in ms. */
  readonly sentAt: number
  /** So long after that it cannot arrive any more, in ms. */
  readonly window: number
  readonly scheduler: SchedulerLike
  readonly random: () => number
}

/** What became of it: done, certainly not done, or the venue could not be asked. */
export type Settled<Order> =
  { readonly _tag: 'Done'; readonly order: Order } | { readonly _tag: 'NotDone' } | { readonly _tag: 'Unknown' }

/** The waits between two questions, in ms. */
const DELAY = 250
const LONGEST = 5_000

/**
 * Asks until it is certain what became of a request: at once, and again with growing waits. That it was not done is
 * certain only by an answer to a question that was asked when the request could not arrive any more.
 *
 * ```
 * ask        n--n----n        (d|)      n: not done, d: done
 * settled    ---------------- (D|)
 * ```
 *
 * Emits once and completes; it never errors. Unsubscribing cancels the question.
 */
export const settled = <Order>(config: SettleConfig<Order>): Observable<Settled<Order>> => {
  const { ask, isDone, sentAt, window, scheduler, random } = config
  const { monotonic } = clockOf(scheduler)
  const attempt = (n: number): Observable<Settled<Order>> =>
    defer(() => {
      const isLate = monotonic() - sentAt >= window
      const answer$ = ask().pipe(
        map((order): Settled<Order> =>
          order !== undefined && isDone(order) ? { _tag: 'Done', order } : { _tag: 'NotDone' },
        ),
        catchError(() => of<Settled<Order>>({ _tag: 'Unknown' })),
      )
      return answer$.pipe(
        switchMap((found) => {
          if (found._tag === 'Done' || isLate) return of(found)
          return wait(backoff({ delay: DELAY, maxDelay: LONGEST, random }, n), scheduler).pipe(
            switchMap(() => attempt(n + 1)),
          )
        }),
      )
    })
  return attempt(1)
}
