import { BehaviorSubject, defer, distinctUntilChanged, filter, Observable, scan, startWith } from 'rxjs'
import type { Status } from '../Signal.js'
import type { Streams } from './streams.js'

/** What statuses mean for a stream, beside what other sources bring of it. */
export interface Carriage {
  /** The losses that leave nobody who carries a stream, or any; emits the status. */
  readonly lost: (name?: string) => Observable<Status>
  /** Emits when a stream comes from now on; at once, where it does so already. */
  readonly acknowledged: (name: string) => Observable<unknown>
  /** Emits for how many ms nothing came of a stream, when that is longer than usual and no other source brought it. */
  readonly silent: (name: string) => Observable<number>
  /** The accounts whose events come now: at once, and whenever that changes. */
  readonly carried$: Observable<ReadonlySet<string>>
}

/** The accounts that are carried, after a status. */
const accountsAfter = (carried: ReadonlySet<string>, status: Status): ReadonlySet<string> => {
  if (status._tag !== 'Carried' && status._tag !== 'Uncarried') return carried
  if ((status._tag === 'Carried') === carried.has(status.account)) return carried
  if (status._tag === 'Carried') return new Set([...carried, status.account])
  return new Set([...carried].filter((account) => account !== status.account))
}

const accountsOf = (status$: Observable<Status>): Observable<ReadonlySet<string>> => {
  const none: ReadonlySet<string> = new Set()
  const carried$ = new BehaviorSubject(none)
  status$.pipe(scan(accountsAfter, none)).subscribe(carried$)
  return carried$.pipe(distinctUntilChanged())
}

export const carriage = (status$: Observable<Status>, streams: Pick<Streams, 'of'>): Carriage => ({
  carried$: accountsOf(status$),
  lost: (name) =>
    status$.pipe(
      filter(
        ({ _tag, source }) =>
          _tag === 'Disconnected' &&
          (name === undefined || source === undefined || streams.of(name).arbiter.carriesAlone(source.id)),
      ),
    ),
  acknowledged: (name) =>
    defer(() => {
      const later$ = status$.pipe(filter((status) => status._tag === 'Acknowledged' && status.stream === name))
      return streams.of(name).arbiter.carriers.size > 0 ? later$.pipe(startWith(undefined)) : later$
    }),
  silent: (name) =>
    new Observable((subscriber) =>
      // One subscriber rather than three: there is one for each book.
      status$.subscribe({
        next: (status) => {
          if (status._tag !== 'Silent' || status.stream !== name) return
          const { quiet, receivedAt } = status
          if (streams.of(name).receivedAt <= receivedAt - quiet) subscriber.next(quiet) // F52
        },
        error: (reason: unknown) => subscriber.error(reason),
        complete: () => subscriber.complete(),
      }),
    ),
})
