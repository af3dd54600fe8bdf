import {
  asyncScheduler,
  connect,
  defer,
  endWith,
  ignoreElements,
  merge,
  repeat,
  retry,
  switchMap,
  take,
  takeUntil,
  throwError,
  timer,
  type MonoTypeOperatorFunction,
  type ObservableInput,
  type SchedulerLike,
} from 'rxjs'
import { backoff, type Backoff } from '../timing/backoff.js'

/** The waits after an extension that failed, unless told otherwise. */
export const EXTENSION_RETRY: Backoff = { delay: 10_000, maxDelay: 300_000 }

/** How keys are kept. */
export interface KeepAliveConfig {
  /** Extends a key; its first value or its end says that it did. */
  readonly extend: (key: string) => ObservableInput<unknown>
  /** How long after a key came, or was extended, it is extended, in ms. Default: 1,800,000, half of its life. */
  readonly every?: number
  /** The waits after an extension that failed. Default: 10 s, doubled up to 5 min. */
  readonly retry?: Backoff
  /** Says that the key is gone, so that no retry helps. Default: an error whose `code` is -1125 or whose `status` is 404. */
  readonly gone?: (error: unknown) => boolean
  /** What all waiting runs on. Default: real time. */
  readonly scheduler?: SchedulerLike
}

/** A listen key that is gone: Aster says -1125, BingX 404. */
export const isKeyGone = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  (('code' in error && error.code === -1125) || ('status' in error && error.status === 404))

/**
 * Passes listen keys on, and extends the latest one again and again, so that it does not lapse after its 60 minutes.
 * An extension that fails is tried again early, and nobody is told.
 *
 * ```
 * keys     --a-------------b-----|
 * extend   -------a----a-------b--      every: 5
 *          --a-------------b-----|
 * ```
 *
 * Completes with the source, and errors with it, or when a key is gone, with the error that said so. Unsubscribing
 * cancels all waiting and the extension under way; it closes no key.
 *
 * ```ts
 * const { create, extend } = listenKeyCalls(rest)
 * concat(create(), NEVER).pipe(keepAlive({ extend })).subscribe((key) => connect(key))
 * ```
 */
export const keepAlive = ({
  extend,
  every = 1_800_000,
  retry: waits = EXTENSION_RETRY,
  gone = isKeyGone,
  scheduler = asyncScheduler,
}: KeepAliveConfig): MonoTypeOperatorFunction<string> => {
  const extended = (key: string) =>
    defer(() => extend(key)).pipe(
      take(1),
      retry({
        delay: (error: unknown, attempt) =>
          gone(error)
            ? throwError(() => error) // F31
            : timer(backoff(waits, attempt), scheduler), // F33
      }),
    )
  const kept = (key: string) =>
    timer(every, scheduler).pipe(
      switchMap(() => extended(key)),
      ignoreElements(),
      repeat(),
    )
  return connect((key$) => {
    const end$ = key$.pipe(ignoreElements(), endWith('end'))
    return merge(key$, key$.pipe(switchMap(kept), takeUntil(end$)))
  })
}
