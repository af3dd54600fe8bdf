import {
  asyncScheduler,
  concat,
  defer,
  from,
  Observable,
  retry,
  Subject,
  Subscription,
  throwError,
  type MonoTypeOperatorFunction,
  type OperatorFunction,
  type SchedulerLike,
} from 'rxjs'
import { aFunction, anObservable, checked } from '../codecs/checked.js'
import type { Signal } from '../Signal.js'
import { wait } from '../timing/wait.js'
import type { Lease } from './holdLease.js'
import { numbersOf } from './misuse.js'
import { recentSignals } from './recentSignals.js'

/** What a standby keeps. */
export interface WhileHeldConfig {
  /**
   * How long signals are kept, in ms by their own times: longer than a lease takes to find another holder, and than the
   * broker may be away. Default: 60,000.
   */
  readonly keep?: number
  /** How many are kept, at most. Default: 100,000. */
  readonly most?: number
  /** Where another one has written though the lease is ours, we begin anew after so many ms. Default: 1,000. */
  readonly retryDelay?: number
  /** What waits; default RxJS's `asyncScheduler`. */
  readonly scheduler?: SchedulerLike
}

/**
 * Does something with signals while a lease is held, and keeps the last ones meanwhile, so that nothing is missing where
 * the last holder has stopped.
 *
 * ```text
 * lease$       W-------H-------W------
 * signals      -a-b-c----d---e---f-g--      the oldest, a, is older than `keep`
 *              whileHeld(lease$, (held) => use)
 * use               (bc)-d---e|             unsubscribed
 * ```
 *
 * Each time that the lease is got, `use` is given which connections are open, the signals that are kept, those of its own
 * last time among them, and then what comes. What is repeated by that has the same source, number and text, and a
 * consumer's client leaves it out as it does for two connections.
 *
 * Emits what `use` emits. Completes when the source and then `use` do; errors with any of them, but for a `FencedError`,
 * after which it begins anew while the lease is held. Unsubscribing ends all, and gives the lease back.
 *
 * ```ts
 * const lease$ = holdLease(connection, { name: 'asterFutures' })
 * const publish = () => publishSignals(connection, { venue: asterFutures, connector: 'feed', exclusive: true })
 * client.signal$.pipe(whileHeld(lease$, publish)).subscribe()
 * ```
 *
 * @throws TypeError when the arguments cannot be meant.
 */
export const whileHeld = checked(
  'whileHeld',
  [anObservable('a lease, as holdLease makes one'), aFunction('a function that gives an operator on signals')],
  (
    lease$: Observable<Lease>,
    use: (held: Lease & { readonly _tag: 'Held' }) => OperatorFunction<Signal, Signal>,
    config: WhileHeldConfig = {},
  ): MonoTypeOperatorFunction<Signal> => {
    const number = numbersOf('whileHeld')
    const keep = number(config, 'keep', 0, 60_000)
    const most = number(config, 'most', 1, 100_000)
    const retryDelay = number(config, 'retryDelay', 0, 1_000)
    const { scheduler = asyncScheduler } = config
    return (source) =>
      new Observable((subscriber) => {
        const recent = recentSignals(keep, most)
        const live$ = new Subject<Signal>()
        let isOver = false
        let using = Subscription.EMPTY

        const start = (held: Lease & { readonly _tag: 'Held' }) => {
          const input$ = defer(() => concat(from(recent.all()), isOver ? [] : live$))
          using = input$
            .pipe(
              use(held),
              retry({
                delay: (error: unknown) =>
                  error instanceof Error && error.name === 'FencedError'
                    ? wait(retryDelay, scheduler)
                    : throwError(() => error),
              }),
            )
            .subscribe({
              next: (signal) => subscriber.next(signal),
              error: (error: unknown) => subscriber.error(error),
              complete: () => subscriber.complete(),
            })
          subscriber.add(using)
        }
        subscriber.add(
          lease$.subscribe({
            next: (lease) => {
              using.unsubscribe()
              if (lease._tag === 'Held') start(lease)
            },
            error: (error: unknown) => subscriber.error(error),
          }),
        )
        subscriber.add(
          source.subscribe({
            next: (signal) => {
              recent.add(signal)
              live$.next(signal)
            },
            error: (error: unknown) => subscriber.error(error),
            complete: () => {
              isOver = true
              live$.complete()
              if (using.closed) subscriber.complete()
            },
          }),
        )
      })
  },
)
