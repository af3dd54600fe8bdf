import { anObject, checked, maybe } from '../codecs/checked.js'
import {
  asyncScheduler,
  catchError,
  concat,
  connect,
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  finalize,
  from,
  ignoreElements,
  map,
  merge,
  NEVER,
  of,
  repeat,
  ReplaySubject,
  share,
  switchMap,
  take,
  takeUntil,
  tap,
  throwIfEmpty,
  type Observable,
  type ObservableInput,
} from 'rxjs'
import { backoff, type Backoff } from '../timing/backoff.js'
import { clockOf } from '../timing/realTime.js'
import { wait } from '../timing/wait.js'
import { isFinal } from './isFinal.js'
import { extensions, retried, type KeepAliveConfig, type KeyExtension, type KeyFailure } from './keepAlive.js'

/** The calls that `listenKey` makes: `listenKeyCalls(rest)`, or your own. */
export interface ListenKeyApi extends Pick<KeepAliveConfig, 'extend'> {
  /** The first value is the key. An error is retried, unless it is `refused`. */
  readonly create: () => ObservableInput<string>
  /** Ends a key, for whoever uses it. Default: keys are left to expire. */
  readonly close?: (key: string) => ObservableInput<unknown>
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
  /** Says that no key can be had, so that no retry helps. Default: an error that says `final: true`. */
  readonly refused?: (error: unknown) => boolean
  /** Is told before each of these waits. Default: nobody. */
  readonly failed?: (failure: KeyFailure) => void
  /** Closes the key when nobody listens any more, for every process that uses the account. Default: false. */
  readonly close?: boolean
}

/** What happens to listen keys: one was created, or the same one again, and what became of extending it. */
export type ListenKeyEvent = KeyCreated | KeyExtension

interface KeyCreated {
  readonly _tag: 'Created'
  readonly key: string
}

/** Keys that live less than this, in ms, are not replaced at once again and again. */
const SHORT_LIFE = 60_000

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
 * Never completes. Errors when no key can be had (an error that is `refused`), or with `expired$` or `extendNow$`.
 * When the last listener leaves, everything under way is cancelled; the key is closed only if asked.
 *
 * ```ts
 * const rest = createRest({ venue: asterFutures, signer: eip712Signer({ user, privateKey }) })
 * listenKey(listenKeyCalls(rest), { expired$ }).subscribe((key) => connect(key))
 * ```
 */
export const listenKey = checked(
  'listenKey',
  [anObject('the calls { create, extend }', [], ['create', 'extend']), maybe(anObject('a config'))],
  (api: ListenKeyApi, { failed, ...config }: ListenKeyConfig = {}): Observable<string> =>
    listenKeyEvents(api, config).pipe(
      tap((event) => {
        if (event._tag !== 'Failed' || event.call !== 'create') return
        const { error, attempt, delay } = event
        failed?.({ error, attempt, delay })
      }),
      filter((event) => event._tag === 'Created'),
      map(({ key }) => key),
      distinctUntilChanged(),
      share({ connector: () => new ReplaySubject(1) }), // F30
    ),
)

/**
 * All that `listenKey` does, as values: for one who has to know how the key is. Errors as `listenKey` does; `what` is
 * said of keys, where what stands for them is called otherwise.
 */
export const listenKeyEvents = (
  { create, extend, close }: ListenKeyApi,
  {
    expired$ = NEVER,
    createRetry = {},
    refused = isFinal,
    close: mayClose = false,
    scheduler = asyncScheduler,
    what = 'listen keys',
    ...keeping
  }: Omit<ListenKeyConfig, 'failed'> & { readonly what?: string } = {},
): Observable<ListenKeyEvent> => {
  const created$ = defer(create).pipe(
    take(1),
    throwIfEmpty(() => new Error('create: expected a listen key, came none')),
    map((key): KeyCreated => ({ _tag: 'Created', key })),
    retried({ call: 'create', waits: createRetry, isFinal: refused, scheduler }), // F30
  )

  const closed = (key: string | undefined): void => {
    if (!mayClose || close === undefined || key === undefined) return
    defer(() => close(key))
      .pipe(catchError(() => EMPTY))
      .subscribe()
  }

  /** Not the time of day: a clock that is put forward makes no key older. */
  const { monotonic } = clockOf(scheduler)

  return defer(() => {
    let inUse: string | undefined
    let createdAt = -Infinity
    /** Keys in a row that lived too short. */
    let short = 0
    /** Before the next key: nothing, unless neither the last one nor the one before it lasted. */
    const pause$ = defer((): Observable<ListenKeyEvent> => {
      const lived = monotonic() - createdAt // F54
      short = lived < SHORT_LIFE ? short + 1 : 0
      const attempt = short - 1
      if (attempt < 1) return EMPTY
      const delay = backoff(createRetry, attempt)
      const error = new Error(`${what} do not last: this one lived ${Math.round(lived)} ms`)
      const wait$ = wait(delay, scheduler).pipe(ignoreElements())
      return concat(of({ _tag: 'Failed', call: 'create', error, attempt, delay } as const), wait$)
    })
    /** A key as long as it lives. */
    const life = (created: KeyCreated): Observable<ListenKeyEvent> => {
      inUse = created.key
      createdAt = monotonic() // F54
      return concat(of(created), extensions(created.key, { ...keeping, extend, scheduler }))
    }
    return from(expired$).pipe(
      connect((notice$) => {
        // F32
        const isExpired = (key: string) => notice$.pipe(filter((expired) => expired === undefined || expired === key))
        const event$ = created$.pipe(
          switchMap((event) =>
            event._tag === 'Created' ? life(event).pipe(takeUntil(isExpired(event.key))) : of(event),
          ),
        )
        return merge(concat(pause$, event$).pipe(repeat()), notice$.pipe(ignoreElements()))
      }),
      finalize(() => closed(inUse)),
    )
  })
}
