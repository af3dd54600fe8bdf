import { Observable, Subject } from 'rxjs'

/** Something that went over a connection, or happened to it, as the venue saw it. */
export type LogEntry = {
  /** Ms since 1970, by the venue's scheduler. */
  readonly at: number
  /** Connections count from 1. */
  readonly connection: number
} & (
  | { readonly type: 'opened'; readonly url: string }
  | { readonly type: 'closed'; readonly code: number }
  /** `stream` is absent for answers to requests. */
  | { readonly type: 'sent'; readonly stream?: string; readonly text: string }
  | { readonly type: 'received'; readonly text: string }
  /** Sent by the venue, and by the client. */
  | { readonly type: 'ping' | 'pong'; readonly from: 'venue' | 'client' }
)

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
