import { BehaviorSubject, Subscription, timer, type Observable, type SchedulerLike } from 'rxjs'

/** Who wants which streams. */
export interface Wanted {
  /** The names wanted now, and again after every change. */
  readonly wanted$: Observable<ReadonlySet<string>>
  /** Names wanted at any time. */
  readonly ever: ReadonlySet<string>
  readonly now: () => ReadonlySet<string>
  /** Wants a stream until the Subscription ends, and `linger` ms longer. */
  readonly hold: (name: string) => Subscription
  /** Ends all waiting. */
  readonly end: () => void
}

/** Counts the holders of each name; `initial` names are wanted for good. */
export const createWanted = (initial: readonly string[], linger: number, scheduler: SchedulerLike): Wanted => {
  const holders = new Map<string, number>(initial.map((name) => [name, 1]))
  const ever = new Set(initial)
  const waiting = new Subscription()
  const wanted$ = new BehaviorSubject<ReadonlySet<string>>(new Set(initial))
  const add = (name: string, change: 1 | -1) => {
    const before = holders.get(name) ?? 0
    const after = before + change
    if (after > 0) holders.set(name, after)
    else holders.delete(name)
    if (before === 0 || after === 0) wanted$.next(new Set(holders.keys()))
  }
  return {
    wanted$,
    ever,
    now: () => wanted$.value,
    hold: (name) => {
      ever.add(name)
      add(name, 1)
      return new Subscription(() => {
        if (linger === 0) add(name, -1)
        else if (!waiting.closed) {
          const wait = timer(linger, scheduler).subscribe(() => {
            waiting.remove(wait)
            add(name, -1)
          })
          waiting.add(wait)
        }
      })
    },
    end: () => {
      waiting.unsubscribe()
      wanted$.complete()
    },
  }
}
