import { defer, map, startWith, Subject, Subscription, type Observable, type SchedulerLike } from 'rxjs'
import { after } from '../timing/wait.js'

/** Who wants which streams. */
export interface Wanted {
  /** The names wanted now, and again after every change. */
  readonly wanted$: Observable<ReadonlySet<string>>
  /** The names wanted now. */
  readonly now: () => Iterable<string>
  /** The names wanted at any time. */
  readonly ever: ReadonlySet<string>
  /** Wants a stream until the Subscription ends, and `linger` ms longer. */
  readonly hold: (name: string) => Subscription
  /** Completes `wanted$`, and ends all waiting. */
  readonly end: () => void
}

/** Counts the holders of each name; `initial` names are wanted for good. */
export const createWanted = (initial: readonly string[], linger: number, scheduler: SchedulerLike): Wanted => {
  const holders = new Map(initial.map((name) => [name, 1]))
  const ever = new Set(initial)
  const waiting = new Subscription()
  const changed$ = new Subject<void>()
  const change = (name: string, by: 1 | -1) => {
    const before = holders.get(name) ?? 0
    const after = before + by
    if (after > 0) holders.set(name, after)
    else holders.delete(name)
    if (before === 0 || after === 0) changed$.next()
  }
  const letGo = (name: string) => {
    if (linger === 0) return change(name, -1)
    if (waiting.closed) return
    const wait = after(linger, scheduler, () => {
      waiting.remove(wait)
      change(name, -1)
    })
    waiting.add(wait)
  }
  return {
    // Nobody listens before the connection: a thousand streams are then one set, not a thousand.
    wanted$: defer(() =>
      changed$.pipe(
        startWith(undefined),
        map(() => new Set(holders.keys())),
      ),
    ),
    now: () => holders.keys(),
    ever,
    hold: (name) => {
      ever.add(name)
      change(name, 1)
      return new Subscription(() => letGo(name))
    },
    end: () => {
      waiting.unsubscribe()
      changed$.complete()
    },
  }
}
