import { retry, throwError, type MonoTypeOperatorFunction, type SchedulerLike } from 'rxjs'
import { backoff } from '../timing/backoff.js'
import type { OnProgress } from '../timing/RequestProgress.js'
import { wait } from '../timing/wait.js'
import type { RestRetry } from './Rest.js'
import { RestError } from './RestError.js'

/** When and how often a request is sent again. */
export interface SendAgain extends Required<RestRetry> {
  /** No wait is longer, in ms: what asks for more fails. */
  readonly maxWait: number
  readonly random: () => number
  readonly scheduler: SchedulerLike
  /** Is told of each failure after which it is sent again. */
  readonly onProgress?: OnProgress | undefined
}

/** What the venue asked us to wait, in ms. */
const asked = ({ failure }: RestError) => ('retryAfter' in failure ? failure.retryAfter : undefined) ?? 0

/**
 * Sends what is idempotent again while that can help, after growing waits that are never shorter than the venue asks.
 *
 * ```
 * source   --x---x--a|    x: an error that may pass
 *          --------------a|
 * ```
 */
export const sendAgain = <A>({
  count,
  delay,
  maxDelay,
  maxWait,
  random,
  scheduler,
  onProgress,
}: SendAgain): MonoTypeOperatorFunction<A> =>
  retry({
    count,
    delay: (error: unknown, attempt) => {
      if (!(error instanceof RestError) || error.final || error.failure.kind === 'notSent')
        return throwError(() => error)
      const delayed = Math.max(asked(error), backoff({ delay, maxDelay, random }, attempt))
      if (delayed > maxWait) return throwError(() => error)
      onProgress?.({ _tag: 'Failed', error })
      return wait(delayed, scheduler)
    },
  })
