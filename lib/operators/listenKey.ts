import {
  asyncScheduler,
  catchError,
  concat,
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  finalize,
  from,
  ignoreElements,
  merge,
  NEVER,
  of,
  repeat,
  ReplaySubject,
  retry,
  share,
  Subject,
  switchMap,
  take,
  takeUntil,
  tap,
  throwError,
  throwIfEmpty,
  timer,
  type Observable,
  type ObservableInput,
} from 'rxjs'
import { backoff, type Backoff } from '../timing/backoff.js'
import { keepAlive, type KeepAliveConfig } from './keepAlive.js'

/** The calls that `listenKey` makes: `listenKeyCalls(rest)`, or your own. */
export interface ListenKeyApi extends Pick<KeepAliveConfig, 'extend'> {
  /** The first value is the key. An error is retried, unless it says `final: true`. */
  readonly create: () => ObservableInput<string>
  readonly close?: (key: string) => ObservableInput<unknown>
}

/** A key that could not be created, or did not last: the next attempt comes in `delay` ms; `attempt` counts from 1. */
export interface KeyFailure {
  readonly error: unknown
  readonly attempt: number
  readonly delay: number
}

/** How keys are got and kept. Everything may be left out. */
export interface ListenKeyConfig extends Omit<KeepAliveConfig, 'extend'> {
  /**
   * Emits when the venue says that a key has expired: the key, or `undefined` for the one in use. One that is not in
   * use is nobody's concern. Default: never.
   */
  readonly expired$?: ObservableInput<string | undefined>
  /**
   * The waits after a key could not be created, and after keys that lived less than 60 s one after the other. Default:
   * 500 ms, doubled up to 30 s, without a limit.
   */
  readonly createRetry?: Backoff
  /** Is told before each of these waits. Default: nobody. */
  readonly failed?: (failure: KeyFailure) => void
  /** Closes the key when nobody listens any more, for every process that uses the account. Default: false. */
  readonly close?: boolean
}

/** Keys that live less than this, in ms, are not replaced at once again and again. */
const SHORT_LIFE = 60_000

const isFinal = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'final' in error && error.final === true

/**
 * The listen key in use, and each that replaces it: created once for all who listen at the same time, kept alive, and
 * replaced when it is gone. A listener that comes later gets the key in use at once. A replacement that turns out to
 * be the same key is not said again. A key that lived less than 60 s, as the one before it, is replaced after a wait.
 *
 * ```
 * create    (a|)          --(b|)
 * extend    ----(ok|)  ----x           x: -1125, every: 4
 *           a---------------b----------
 * ```
 *
 * Never completes. Errors when no key can be created for good (an error that says `final: true`), or with `expired$`.
 * When the last listener leaves, everything under way is cancelled; the key is closed only if asked.
 *
 * ```ts
 * const rest = createRest({ venue: asterFutures, signer: eip712Signer({ user, privateKey }) })
 * listenKey(listenKeyCalls(rest), { expired$ }).subscribe((key) => connect(key))
 * ```
 */
export const listenKey = (
  { create, extend, close }: ListenKeyApi,
  {
    expired$ = NEVER,
    createRetry = {},
    failed,
    close: mayClose = false,
    scheduler = asyncScheduler,
    ...keeping
  }: ListenKeyConfig = {},
): Observable<string> => {
  const created$ = defer(create).pipe(
    take(1),
    throwIfEmpty(() => new Error('create: expected a listen key, came none')),
    // F30
    retry({
      delay: (error: unknown, attempt) => {
        if (isFinal(error)) return throwError(() => error)
        const delay = backoff(createRetry, attempt)
        failed?.({ error, attempt, delay })
        return timer(delay, scheduler)
      },
    }),
  )
  /** A key as long as it lives. */
  const kept = (key: string) =>
    concat(of(key), NEVER).pipe(
      keepAlive({ ...keeping, extend, scheduler }),
      // It errors only for a key that is gone.
      catchError(() => EMPTY),
    )

  const closed = (key: string | undefined): void => {
    if (!mayClose || close === undefined || key === undefined) return
    defer(() => close(key))
      .pipe(catchError(() => EMPTY))
      .subscribe()
  }

  return defer(() => {
    let inUse: string | undefined
    let createdAt = 0
    /** Keys in a row that lived too short. */
    let short = 0
    const notice$ = new Subject<string | undefined>()
    const expiry$ = from(expired$).pipe(
      tap((expired) => notice$.next(expired)),
      ignoreElements(),
    )
    // F32
    const isExpired = (key: string) => notice$.pipe(filter((expired) => expired === undefined || expired === key))
    /** When the next key is asked for, after one that is gone: at once, unless the one before it did not last either. */
    const replacement = () => {
      const lived = scheduler.now() - createdAt
      short = lived < SHORT_LIFE ? short + 1 : 0
      const attempt = short - 1
      if (attempt < 1) return of(0)
      const wait = backoff(createRetry, attempt)
      failed?.({ error: new Error(`listen keys do not last: this one lived ${lived} ms`), attempt, delay: wait })
      return timer(wait, scheduler)
    }
    const key$ = created$.pipe(
      tap((key) => {
        inUse = key
        createdAt = scheduler.now()
      }),
      switchMap((key) => kept(key).pipe(takeUntil(isExpired(key)))),
      repeat({ delay: replacement }),
      distinctUntilChanged(),
    )
    return merge(key$, expiry$).pipe(finalize(() => closed(inUse)))
  }).pipe(share({ connector: () => new ReplaySubject(1) })) // F30
}
