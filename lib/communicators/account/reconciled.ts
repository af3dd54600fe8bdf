import { defer, map, Observable, Subscription, type ObservableInput, type SchedulerLike } from 'rxjs'
import { trampoline } from '../../operators/trampoline.js'
import type { Frame, Signal, Unstamped } from '../../Signal.js'
import { backoff, type Backoff } from '../../timing/backoff.js'
import {
  isCarrierChange,
  openGate,
  stepGate,
  type AccountSignal,
  type CarrierChange,
  type GateInput,
  type GateOutput,
  type Loss,
} from './reconcileGate.js'
import { wait as waitFor } from '../../timing/wait.js'

/** How losses are made good. */
export interface ReconciledConfig {
  /** What the account is called in what is said of it. */
  readonly account: string
  /** Asks for what was missed; without it everything passes at once. */
  readonly reconcile: ((loss: Loss) => ObservableInput<unknown>) | undefined
  /** The waits after one that failed. */
  readonly retry: Backoff
  /** How many frames may wait. */
  readonly maxBuffer: number
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
 * account     f-f-L----C---f--f-----f--|     L: lost, C: carried again
 * reconcile            ------(x|)
 *             f-f------s------(sff)-f--|     s: Reconciling, Reconciled
 * ```
 *
 * A loss meanwhile ends it, and begins it anew after that; one that errors is called again after a wait.
 * Completes and errors with the source: what waits then is dropped. Unsubscribing cancels everything.
 */
export const reconciled =
  ({ account, reconcile, retry, maxBuffer, scheduler, stamp, reasonOf }: ReconciledConfig) =>
  (account$: Observable<AccountSignal>): Observable<Signal> => {
    const statusOf = (change: CarrierChange): Signal =>
      change._tag === 'Carried'
        ? { _tag: 'Carried', account, receivedAt: change.at }
        : { _tag: 'Uncarried', account, reason: change.reason, receivedAt: change.at }
    if (reconcile === undefined)
      return account$.pipe(map((signal) => (isCarrierChange(signal) ? statusOf(signal) : signal)))
    return new Observable((subscriber) => {
      const oneByOne = trampoline(subscriber)
      let gate = openGate
      let buffer: Frame[] = []
      let work = Subscription.EMPTY

      const emit = (status: Unstamped) => subscriber.next({ ...status, receivedAt: stamp() })
      const put = (input: GateInput) => oneByOne(() => step(input))

      const start = (run: number, loss: Loss) => {
        work = defer(() => reconcile(loss)).subscribe({
          error: (error: unknown) => put({ _tag: 'Failed', run, reason: reasonOf(error) }),
          complete: () => put({ _tag: 'Reconciled', run }),
        })
        subscriber.add(work)
      }

      const release = () => {
        const frames = buffer
        buffer = []
        emit({ _tag: 'Reconciled', buffered: frames.length })
        for (const frame of frames) if (!subscriber.closed) subscriber.next(frame)
      }

      const wait = (run: number, attempt: number, reason: string) => {
        const delay = backoff(retry, attempt)
        emit({ _tag: 'Waiting', delay, attempt, reason })
        if (subscriber.closed) return
        work = waitFor(delay, scheduler)
          .pipe(map(() => ({ _tag: 'Due', run }) as const))
          .subscribe(put)
        subscriber.add(work)
      }

      const stop = () => {
        subscriber.remove(work)
        work.unsubscribe()
      }

      const act = (output: GateOutput): void => {
        switch (output._tag) {
          case 'Pass':
            return subscriber.next(output.frame)
          case 'Buffer':
            buffer.push(output.frame)
            return
          case 'Discard':
            buffer = []
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

      const step = (input: GateInput) => {
        const [next, outputs] = stepGate(gate, input, maxBuffer)
        gate = next
        for (const output of outputs) if (!subscriber.closed) act(output)
      }

      subscriber.add(
        account$.subscribe({
          next: (signal) => {
            if (isCarrierChange(signal)) oneByOne(() => subscriber.next(statusOf(signal)))
            if (isCarrierChange(signal) || signal._tag === 'Frame') put(signal)
            else oneByOne(() => subscriber.next(signal))
          },
          error: (error: unknown) => oneByOne(() => subscriber.error(error)),
          complete: () => oneByOne(() => subscriber.complete()),
        }),
      )
    })
  }
