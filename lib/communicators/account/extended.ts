import {
  defer,
  ignoreElements,
  retry,
  take,
  throwError,
  timer,
  type Observable,
  type ObservableInput,
  type SchedulerLike,
} from 'rxjs'
import { backoff, type Backoff } from '../../timing/backoff.js'
import type { KeyFailure } from '../../operators/keepAlive.js'

/** How a key is extended. */
export interface Extending {
  readonly extend: () => ObservableInput<unknown>
  /** The waits after one that failed. */
  readonly retry: Backoff
  /** Says that the key is gone, so that no retry helps. */
  readonly gone: (error: unknown) => boolean
  /** Is told before each wait. */
  readonly failed: (failure: KeyFailure) => void
  readonly scheduler: SchedulerLike
}

/** Extends a key, again and again until it works: completes then, or errors with what said that the key is gone. */
export const extended = ({ extend, retry: waits, gone, failed, scheduler }: Extending): Observable<never> =>
  defer(extend).pipe(
    take(1),
    retry({
      delay: (error: unknown, attempt) => {
        if (gone(error)) return throwError(() => error)
        const delay = backoff(waits, attempt)
        failed({ error, attempt, delay })
        return timer(delay, scheduler)
      },
    }),
    ignoreElements(),
  )
