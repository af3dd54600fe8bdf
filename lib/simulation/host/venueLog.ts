import { Observable, Subject } from 'rxjs'
import type { LogEntry } from './LogEntry.js'

/** What happened on the connections, the oldest forgotten first. */
export interface VenueLog {
  readonly add: (entry: LogEntry) => void
  readonly entries: () => readonly LogEntry[]
  /** Each entry as it is made; completes when the venue closes. */
  readonly entry$: Observable<LogEntry>
  readonly close: () => void
}

/** Remembers the latest entries, at least `most` and at most twice as many. */
export const venueLog = (most: number): VenueLog => {
  const made = new Subject<LogEntry>()
  let entries: LogEntry[] = []
  return {
    add: (entry) => {
      entries.push(entry)
      if (entries.length > 2 * most) entries = entries.slice(entries.length - most)
      made.next(entry)
    },
    entries: () => [...entries],
    entry$: made.asObservable(),
    close: () => made.complete(),
  }
}
