import { defer, filter, map, Observable, Subscription, timer, type ObservableInput, type SchedulerLike } from 'rxjs'
import { backoff, type Backoff } from '../../timing/backoff.js'
import { trampoline } from '../../operators/trampoline.js'
import type { Frame, Signal, Unstamped } from '../../Signal.js'
import { passing, type HoldingInput, type HoldingOutput } from './Holding.js'
import type { Loss } from './Loss.js'
import { stepHolding } from './stepHolding.js'
import { isTurn, type Told } from './Told.js'

/** How losses are made good. */
export interface ReconciledConfig {
  /** Asks for what was missed; without it everything passes at once. */
  readonly reconcile: ((loss: Loss) => ObservableInput<unknown>) | undefined
  /** The waits after one that failed. */
  readonly retry: Backoff
  /** How many frames may wait. */
  readonly held: number
  readonly scheduler: SchedulerLike
  /** The time of what happens now. */
  readonly stamp: () => number
  /** What an error says, without secrets. */
  readonly reasonOf: (error: unknown) => string
}

/**
 * Calls `reconcile` after each loss, once the account is carried again; the frames that come meanwhile wait for its end.
 * Statuses pass at once.
 *
 * ```
 * told        f-f-L----C---f--f-----f--|     L: lost, C: carried again
 * reconcile            ------(x|)
 *             f-f------s------(sff)-f--|     s: Reconciling, Reconciled
 * ```
 *
 * A loss meanwhile ends it, and begins it anew after that; one that errors is called again after a wait.
 * Completes and errors with the source: what waits then is dropped. Unsubscribing cancels everything.
 */
export const reconciled =
  ({ reconcile, retry, held: most, scheduler, stamp, reasonOf }: ReconciledConfig) =>
  (told$: Observable<Told>): Observable<Signal> => {
    if (reconcile === undefined) return told$.pipe(filter((told): told is Signal => !isTurn(told)))
    return new Observable((subscriber) => {
      const serially = trampoline(subscriber)
      let state = passing
      let held: Frame[] = []
      let work = Subscription.EMPTY

      const emit = (status: Unstamped) => subscriber.next({ ...status, receivedAt: stamp() })
      const put = (input: HoldingInput) => serially(() => step(input))

      const start = (run: number, loss: Loss) => {
        work = defer(() => reconcile(loss)).subscribe({
          error: (error: unknown) => put({ _tag: 'Failed', run, at: stamp(), reason: reasonOf(error) }),
          complete: () => put({ _tag: 'Reconciled', run, at: stamp() }),
        })
        subscriber.add(work)
      }

      const release = () => {
        const frames = held
        held = []
        emit({ _tag: 'Reconciled', held: frames.length })
        for (const frame of frames) if (!subscriber.closed) subscriber.next(frame)
      }

      const wait = (run: number, attempt: number, reason: string) => {
        const delay = backoff(retry, attempt)
        emit({ _tag: 'Waiting', delay, attempt, reason })
        if (subscriber.closed) return
        work = timer(delay, scheduler)
          .pipe(map(() => ({ _tag: 'Due', run, at: stamp() }) as const))
          .subscribe(put)
        subscriber.add(work)
      }

      const stop = () => {
        subscriber.remove(work)
        work.unsubscribe()
      }

      const act = (output: HoldingOutput): void => {
        switch (output._tag) {
          case 'Pass':
            return subscriber.next(output.frame)
          case 'Hold':
            held.push(output.frame)
            return
          case 'Drop':
            held = []
            return
          case 'Release':
            return release()
          case 'Cancel':
            return stop()
          case 'Wait':
            return wait(output.run, output.attempt, output.reason)
          case 'Reconcile': {
            const { run, loss, dropped } = output
            stop()
            emit({ _tag: 'Reconciling', reason: loss.reason, since: loss.heardAt, dropped })
            if (!subscriber.closed) start(run, loss)
          }
        }
      }

      const step = (input: HoldingInput) => {
        const [next, outputs] = stepHolding(state, input, most)
        state = next
        for (const output of outputs) if (!subscriber.closed) act(output)
      }

      subscriber.add(
        told$.subscribe({
          next: (told) => {
            if (isTurn(told) || told._tag === 'Frame') put(told)
            else serially(() => subscriber.next(told))
          },
          error: (error: unknown) => serially(() => subscriber.error(error)),
          complete: () => serially(() => subscriber.complete()),
        }),
      )
    })
  }
