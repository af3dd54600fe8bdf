import { anObject, checked } from '../codecs/checked.js'
import {
  asyncScheduler,
  catchError,
  connect,
  defer,
  EMPTY,
  endWith,
  from,
  ignoreElements,
  merge,
  mergeMap,
  NEVER,
  Observable,
  of,
  repeat,
  retry,
  switchMap,
  take,
  takeUntil,
  takeWhile,
  throwError,
  type MonoTypeOperatorFunction,
  type ObservableInput,
  type OperatorFunction,
  type SchedulerLike,
} from 'rxjs'
import { backoff, type Backoff } from '../timing/backoff.js'
import { wait } from '../timing/wait.js'

/** The waits after an extension that failed, unless told otherwise. */
const EXTENSION_RETRY: Backoff = { delay: 10_000, maxDelay: 300_000 }

/** How keys are kept. */
export interface KeepAliveConfig {
  /** Extends a key; its first value or its end says that it did. */
  readonly extend: (key: string) => ObservableInput<unknown>
  /** How long after a key came, or was extended, it is extended, in ms. Default: 1,800,000, half of its life. */
  readonly every?: number
  /**
   * `true` says that the key may have died unnoticed, as while its connection was lost: it is extended at once, and
   * again until that works, or `false` says that the key lives. Default: never.
   */
  readonly extendNow$?: ObservableInput<boolean>
  /** The waits after an extension that failed. Default: 10 s, doubled up to 5 min. */
  readonly retry?: Backoff
  /** Says that the key is gone, so that no retry helps. Default: an error whose `code` is -1125 or whose `status` is 404. */
  readonly gone?: (error: unknown) => boolean
  /** What all waiting runs on. Default: real time. */
  readonly scheduler?: SchedulerLike
}

/** A call for a key failed, or a key did not last: the next attempt comes in `delay` ms; `attempt` counts from 1. */
export interface KeyFailure {
  /** What went wrong. */
  readonly error: unknown
  /** Counts from 1. */
  readonly attempt: number
  /** How long it is waited before the next attempt, in ms. */
  readonly delay: number
}

/** What became of the calls that extend a key; `Gone` is the last. */
export type KeyExtension =
  | { readonly _tag: 'Extended'; readonly key: string }
  | { readonly _tag: 'Gone'; readonly key: string; readonly error: unknown }
  | ({ readonly _tag: 'Failed'; readonly call: 'create' | 'extend' } & KeyFailure)

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
export const keepAlive = checked(
  'keepAlive',
  [anObject('a config { extend }', [], ['extend'])],
  (config: KeepAliveConfig): MonoTypeOperatorFunction<string> => {
    const kept = (key: string): Observable<never> =>
      extensions(key, config).pipe(mergeMap((said) => (said._tag === 'Gone' ? throwError(() => said.error) : EMPTY)))
    return connect((key$) => {
      const end$ = key$.pipe(ignoreElements(), endWith('end'))
      return merge(key$, key$.pipe(switchMap(kept), takeUntil(end$)))
    })
  },
)

/** Extends a key for as long as it lives, and says what became of it: completes when the key is gone. */
export const extensions = (
  key: string,
  {
    extend,
    every = 1_800_000,
    extendNow$ = NEVER,
    retry: waits,
    gone = isKeyGone,
    scheduler = asyncScheduler,
  }: KeepAliveConfig,
): Observable<KeyExtension> => {
  const extended$ = defer(() => extend(key)).pipe(
    take(1),
    ignoreElements(),
    endWith({ _tag: 'Extended', key } as const),
    retried({ call: 'extend', waits: { ...EXTENSION_RETRY, ...waits }, isFinal: gone, scheduler }), // F33
    catchError((error: unknown) => of({ _tag: 'Gone', key, error } as const)),
  )
  const inTime$ = wait(every, scheduler).pipe(
    switchMap(() => extended$),
    repeat(),
  )
  const now$ = from(extendNow$).pipe(switchMap((isDoubted) => (isDoubted ? extended$ : EMPTY)))
  return merge(inTime$, now$).pipe(takeWhile(({ _tag }) => _tag !== 'Gone', true))
}

/** How a call is tried again. */
interface Retried {
  readonly call: 'create' | 'extend'
  readonly waits: Backoff
  /** Says that no retry helps. */
  readonly isFinal: (error: unknown) => boolean
  readonly scheduler: SchedulerLike
}

/** Tries again after growing waits, and emits each failure before its wait; errors with what is final. */
export const retried =
  <A>({ call, waits, isFinal, scheduler }: Retried): OperatorFunction<A, A | KeyExtension> =>
  (source) =>
    new Observable((subscriber) =>
      source
        .pipe(
          retry({
            delay: (error: unknown, attempt) => {
              if (isFinal(error)) return throwError(() => error) // F31
              const delay = backoff(waits, attempt)
              subscriber.next({ _tag: 'Failed', call, error, attempt, delay })
              return wait(delay, scheduler)
            },
          }),
        )
        .subscribe(subscriber),
    )
