import type { Observable, Subscription } from 'rxjs'

/** The subscriptions to streams and books, which begin and end as those of a program do. */
export interface SubscriptionsUnderTest {
  /** Ends listening to one that is listened to, or begins to listen to one that is not. */
  readonly toggle: (name: string) => void
  readonly begin: (name: string) => void
  readonly end: (name: string) => void
  /** What is listened to. */
  readonly now: () => readonly string[]
}

export const subscriptionsUnderTest = (listen: (name: string) => Observable<unknown>): SubscriptionsUnderTest => {
  const held = new Map<string, Subscription>()
  const begin = (name: string) => {
    if (!held.has(name)) held.set(name, listen(name).subscribe())
  }
  const end = (name: string) => {
    held.get(name)?.unsubscribe()
    held.delete(name)
  }
  return {
    begin,
    end,
    toggle: (name) => (held.has(name) ? end(name) : begin(name)),
    now: () => [...held.keys()],
  }
}
