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
  /** Wants these for good, in place of those that were wanted so before. */
  readonly set: (names: readonly string[]) => void
  /** Completes `wanted$`, and ends all waiting. */
  readonly end: () => void
}

/** Counts the holders of each name; `initial` names are wanted for good. */
export const createWanted = (initial: readonly string[], linger: number, scheduler: SchedulerLike): Wanted => {
  let always: ReadonlySet<string> = new Set(initial)
  const holders = new Map([...always].map((name) => [name, 1]))
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
    set: (names) => {
      const before = always
      always = new Set(names)
      for (const name of always) {
        ever.add(name)
        if (!before.has(name)) change(name, 1)
      }
      for (const name of before) if (!always.has(name)) change(name, -1)
    },
    end: () => {
      waiting.unsubscribe()
      changed$.complete()
    },
  }
}
