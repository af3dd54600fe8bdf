import type { Observable, Subscription } from 'rxjs'

/** Who listens to which streams and books, as a program would that comes and goes. */
export interface Wishes {
  /** Ends listening to one that is listened to, or begins to listen to one that is not. */
  readonly toggle: (name: string) => void
  readonly begin: (name: string) => void
  readonly end: (name: string) => void
  /** What is listened to. */
  readonly now: () => readonly string[]
}

export const wishes = (listen: (name: string) => Observable<unknown>): Wishes => {
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
