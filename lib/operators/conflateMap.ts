import { aFunction, anObject, checked, maybe } from '../codecs/checked.js'
import { defer, Observable, type ObservableInput, type OperatorFunction } from 'rxjs'
import { takeUntilUnsubscribed } from './takeUntilUnsubscribed.js'

/** What replaces what, and how much is done at once. Everything may be left out. */
export interface ConflateMapConfig<A> {
  /** Values of the same key replace each other while they wait; compared as a Map compares. Default: all are the same. */
  readonly key?: (value: A) => unknown
  /** For how many keys `project` may work at once; for one key it never works twice at once. Default: 1. */
  readonly concurrent?: number
}

/**
 * For consumers that take their time, as one that writes to a database: each value that is handed to `project` is the
 * latest of its key at the moment when the consumer is free. What it brings is emitted; it is free when it completes.
 *
 * ```
 * source    a1-a2-b1-a3-|
 * project   a1: -----x|             each takes so long, and brings one x
 *                    a3: -----x|
 *                             b1: -----x|
 *           ---------x--------x--------(x|)      key: the letter
 * ```
 *
 * Keys wait in the order in which they began to; at most one value per key is kept, and no queue grows. It needs no
 * clock: it is the same live and in a replay.
 *
 * Completes when the source has completed and everything that waited is done; an error, of the source or of `project`,
 * or thrown by `project` or `key`, passes at once and cancels what is under way. Unsubscribing cancels it, too.
 *
 * ```ts
 * client.bookTicker$
 *   .pipe(conflateMap(async (ticker) => save(ticker), { key: ({ symbol }) => symbol }))
 *   .subscribe()
 * ```
 *
 * @throws TypeError when `concurrent` is below 1.
 */
export const conflateMap = checked(
  'conflateMap',
  [aFunction('a function to Observables'), maybe(anObject('a config'))],
  <A, B>(
    project: (value: A) => ObservableInput<B>,
    { key = () => undefined, concurrent = 1 }: ConflateMapConfig<A> = {},
  ): OperatorFunction<A, B> => {
    if (!(concurrent >= 1))
      throw new TypeError(`conflateMap: expected \`concurrent\` of at least 1, came ${concurrent}`)
    return (source) =>
      new Observable((subscriber) => {
        const waiting = new Map<unknown, A>()
        const busy = new Set<unknown>()
        let isDone = false
        let isHandingOver = false
        /** How often a key became free. */
        let freed = 0

        const work = (one: unknown, value: A): void => {
          waiting.delete(one)
          busy.add(one)
          subscriber.add(
            defer(() => project(value)).subscribe({
              next: (result) => subscriber.next(result),
              error: (reason: unknown) => subscriber.error(reason),
              complete: () => {
                busy.delete(one)
                freed++
                handOver()
              },
            }),
          )
        }

        /** What is done at once comes back to this loop, and not to another one within it. */
        const handOver = (): void => {
          if (isHandingOver) return
          isHandingOver = true
          for (let seen = NaN; seen !== freed;) {
            seen = freed
            for (const [one, value] of waiting) {
              if (subscriber.closed || busy.size >= concurrent) break
              if (!busy.has(one)) work(one, value) // F79
            }
          }
          isHandingOver = false
          complete()
        }

        const complete = (): void => {
          if (isDone && busy.size === 0 && waiting.size === 0) subscriber.complete()
        }

        const received = (value: A): void => {
          try {
            waiting.set(key(value), value) // F79
          } catch (error) {
            return subscriber.error(error)
          }
          handOver()
        }

        subscriber.add(
          source.pipe(takeUntilUnsubscribed(subscriber)).subscribe({
            next: received,
            error: (reason: unknown) => subscriber.error(reason),
            complete: () => {
              isDone = true
              complete()
            },
          }),
        )
      })
  },
)
