import { anObject, checked, maybe } from '../codecs/checked.js'
import { asyncScheduler, Observable, Subscription, type MonoTypeOperatorFunction, type SchedulerLike } from 'rxjs'
import { takeUntilUnsubscribed } from './takeUntilUnsubscribed.js'

/** What replaces what, and when there is time. Everything may be left out. */
export interface ConflateConfig<A> {
  /** Values of the same key replace each other while they wait; compared as a Map compares. Default: all are the same. */
  readonly key?: (value: A) => unknown
  /** One value is given at each of its turns. Default: real time, a turn of the event loop each. */
  readonly scheduler?: SchedulerLike
}

/**
 * For those who want the latest only: a value waits for the next turn of the scheduler, and a newer one of its key
 * takes its place. Whoever is slower than the source skips what is out of date, and no queue grows.
 *
 * ```
 * source    (a1 b1 a2)----a3--(b2|)
 *           (a2 b1)-------a3--(b2|)      key: the letter
 * ```
 *
 * It waits for a turn, not for what a consumer does with the value later: for those that take their time there is
 * `conflateMap`. A replay whose results are to be the same each time gives its own clock, `client.scheduler`.
 *
 * One value is given per turn, each key in the order in which it began to wait; so others, sockets too, have their
 * turns between two of them. At most one value per key is kept.
 *
 * Completes when the source has completed and everything that waits was given; an error, of the source or thrown by
 * `key`, passes at once, and what waits is dropped. Unsubscribing drops it, too, and leaves no turn behind.
 *
 * ```ts
 * client.bookTicker$.pipe(conflate({ key: ({ symbol }) => symbol })).subscribe((ticker) => show(ticker))
 * ```
 */
export const conflate = checked(
  'conflate',
  [maybe(anObject('a config'))],
  <A>({ key = () => undefined, scheduler = asyncScheduler }: ConflateConfig<A> = {}): MonoTypeOperatorFunction<A> =>
    (source) =>
      new Observable((subscriber) => {
        const waiting = new Map<unknown, A>()
        let turn = Subscription.EMPTY
        let isTurnSet = false
        let isDone = false

        const setTurn = (): void => {
          if (isTurnSet || waiting.size === 0) return
          isTurnSet = true
          turn = scheduler.schedule(giveOne)
        }

        const giveOne = (): void => {
          isTurnSet = false
          const [next] = waiting
          if (next !== undefined) {
            const [first, value] = next
            waiting.delete(first)
            // Set before the value is given: whoever leaves with it leaves no turn behind.
            setTurn()
            subscriber.next(value)
          }
          if (isDone) complete()
        }

        const complete = (): void => {
          isDone = true
          if (waiting.size === 0) subscriber.complete()
        }

        const received = (value: A): void => {
          try {
            waiting.set(key(value), value) // F44
          } catch (error) {
            return subscriber.error(error)
          }
          setTurn()
        }

        subscriber.add(() => turn.unsubscribe())
        subscriber.add(
          source.pipe(takeUntilUnsubscribed(subscriber)).subscribe({
            next: received,
            error: (reason: unknown) => subscriber.error(reason),
            complete,
          }),
        )
      }),
)
