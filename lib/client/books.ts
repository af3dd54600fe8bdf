import {
  defer,
  distinctUntilChanged,
  filter,
  identity,
  map,
  merge,
  of,
  ReplaySubject,
  share,
  startWith,
  switchMap,
  take,
  takeUntil,
  type Observable,
  type SchedulerLike,
} from 'rxjs'
import { flat } from '../codecs/flat.js'
import type { Communicator } from '../communicators/Communicator.js'
import type { DepthSnapshot } from '../events/DepthSnapshot.js'
import type { DepthUpdate } from '../events/DepthUpdate.js'
import type { BookState } from '../operators/BookState.js'
import { syncDepth } from '../operators/syncDepth.js'
import type { SyncDepthConfig } from '../operators/SyncDepthConfig.js'
import type { Parsed } from '../parser/reader.js'
import type { OnProgress } from '../timing/RequestProgress.js'
import { wait } from '../timing/wait.js'
import { fill, LONGEST_NAME, payloadSymbol } from '../venues/grammar.js'
import { REMEMBERED, type Router } from '../venues/router.js'
import type { Venue } from '../venues/Venue.js'
import type { Client } from './Client.js'
import type { Dispatcher } from './dispatcher.js'

/** The order books of a client. */
export type Books = Pick<Client<Venue>, 'snapshot' | 'book'>

/** What books are made of. */
export interface BooksConfig {
  readonly venue: Venue
  readonly route: Router
  readonly dispatcher: Dispatcher
  /** The events of a stream, wanted while somebody listens. */
  readonly stream: (name: string) => Observable<unknown>
  /** How snapshots are asked for, where they can be. */
  readonly ask: Communicator['snapshot']
  readonly isReplay: boolean
  readonly linger: number
  readonly scheduler: SchedulerLike
  readonly sync: Partial<SyncDepthConfig>
  /** Emits, now or later, when the client ends. */
  readonly ended$: Observable<unknown>
}

/** Before anything is known of a book. */
const waiting: BookState = { _tag: 'Syncing', reason: 'waiting for the stream', attempt: 1 }

export const createBooks = (config: BooksConfig): Books => {
  const { venue, route, dispatcher, stream, ask, isReplay, linger, scheduler, sync, ended$ } = config
  const recorded = recordedDepth(route, dispatcher, isReplay || ask === undefined)
  const books = new Map<string, Observable<BookState>>()

  const payloadSymbolOf = (symbol: string): string => {
    const { bookStream } = bookRow(venue)
    fill(bookStream, { symbol }) // F80
    return payloadSymbol(bookStream, symbol)
  }

  const snapshotOf = (symbol: string, onProgress?: OnProgress): Observable<DepthSnapshot> => {
    const name = payloadSymbolOf(symbol)
    return ask === undefined
      ? recorded.snapshotOf(name)
      : ask(name, onProgress).pipe(
          map((reply) => snapshotIn(dispatcher.dispatch(reply))),
          takeUntil(ended$), // F46
        )
  }
  // What waits for a snapshot waits in the time in which it comes.
  const snapshot = Object.assign(snapshotOf, { scheduler })

  const create = (symbol: string): Observable<BookState> => {
    const { depthRule: rule, bookStream } = bookRow(venue)
    const live = fill(bookStream, { symbol })
    const name$ = isReplay ? recorded.streamOf(symbol) : of(live)
    const synced = (name: string) => {
      const ofStream = dispatcher.stream(name)
      // What a recording holds comes when it comes.
      const patience = isReplay && { timeout: Infinity }
      return (stream(name) as Observable<DepthUpdate>).pipe(
        syncDepth({
          ...{ rule, snapshot, scheduler, symbol, ...patience, ...sync },
          acknowledged: dispatcher.acknowledged(name), // F51
          reset: dispatcher.lost(name), // F05
          silent: dispatcher.silent(name), // F52
          receivedAt: () => ofStream.receivedAt,
        }),
      )
    }
    return name$.pipe(
      switchMap(synced),
      startWith(waiting), // F51
      share({
        connector: () => new ReplaySubject(1),
        // The end of all is the end of a book, too, and leaves nothing to wait for.
        resetOnRefCountZero: linger === 0 ? true : () => merge(ended$, wait(linger, scheduler)),
      }),
    )
  }

  const book = (symbol: string): Observable<BookState> => {
    const name = payloadSymbolOf(symbol)
    const known = books.get(name) ?? create(name)
    books.set(name, known)
    return known
  }

  return { snapshot, book }
}

/** @throws TypeError for a venue without order books. */
const bookRow = ({ name, depthRule, bookStream }: Venue) => {
  if (depthRule === undefined || bookStream === undefined) throw new TypeError(`${name} has no order books`)
  return { depthRule, bookStream }
}

const snapshotIn = (parsed: Parsed | undefined): DepthSnapshot => {
  if (parsed?._tag === 'Right' && 'kind' in parsed.right && parsed.right.kind === 'depthSnapshot')
    return parsed.right.event as DepthSnapshot
  const reason = parsed?._tag === 'Left' && 'reason' in parsed.left ? parsed.left.reason : 'no depth snapshot'
  throw new Error(`Expected a depth snapshot, came ${reason}`)
}

/** So many snapshots wait for their updates, and so many levels of them. */
const MOST_SNAPSHOTS = 2_000
const MOST_LEVELS = 1_000_000

const levelsOf = (snapshot: DepthSnapshot | undefined): number =>
  snapshot === undefined ? 0 : snapshot.bids.length + snapshot.asks.length

/**
 * What a recording holds of the order books: the first depth stream of a symbol that brings something, until then the
 * first that was acknowledged, and the snapshots among the updates.
 *
 * A snapshot that was asked for is recorded behind the update that made somebody ask: so `snapshotOf` waits for the next
 * one. In a recording that starts with its snapshot, that one is given: it stands right before the update that asks.
 * One from before the stream was lost is not.
 * A snapshot without a symbol belongs to the only symbol whose updates were seen, and to nobody where there are several.
 * Where snapshots can be asked for, nothing is looked at.
 */
const recordedDepth = (route: Router, { discovered$, kind, stream, lost }: Dispatcher, isUsed: boolean) => {
  const snapshot$ = kind('depthSnapshot').subject as Observable<DepthSnapshot>
  const update$ = kind('depth').subject as Observable<DepthUpdate>
  const streams = new Map<string, string>()
  const updatesSince = new Map<string, number>()
  const last = new Map<string | undefined, DepthSnapshot>()
  let levels = 0
  const isOnly = (symbol: string) => updatesSince.size === 0 || (updatesSince.size === 1 && updatesSince.has(symbol))
  const isOf = (symbol: string, snapshot: DepthSnapshot) =>
    snapshot.symbol === symbol || (snapshot.symbol === undefined && isOnly(symbol))

  const onName = (name: string) => {
    const { kind, symbol } = route(name) ?? {}
    if (kind !== 'depth' || symbol === undefined) return
    const known = streams.get(symbol)
    if (known === undefined ? streams.size >= REMEMBERED : known === name || stream(known).count > 0) return
    streams.set(symbol, name)
    listen(lost(name), () => forget(symbol)) // F25
  }
  const drop = (symbol: string | undefined) => {
    levels -= levelsOf(last.get(symbol))
    last.delete(symbol)
  }
  const forget = (symbol: string) => {
    drop(symbol)
    drop(undefined)
  }
  const onUpdate = ({ symbol }: DepthUpdate) => {
    const count = updatesSince.get(symbol)
    const isKept = updatesSince.size < REMEMBERED && symbol.length <= LONGEST_NAME
    if (count !== undefined) updatesSince.set(symbol, count + 1)
    else if (isKept) updatesSince.set(flat(symbol), 1)
    if (count !== 1) return
    // From its second update on, no snapshot from before is given.
    forget(symbol) // F69
  }
  const onSnapshot = (snapshot: DepthSnapshot) => {
    drop(snapshot.symbol)
    last.set(snapshot.symbol, snapshot)
    levels += levelsOf(snapshot)
    for (const oldest of last.keys()) {
      if (last.size <= MOST_SNAPSHOTS && levels <= MOST_LEVELS) break
      drop(oldest) // F69
    }
    for (const symbol of updatesSince.keys()) if (isOf(symbol, snapshot)) updatesSince.set(symbol, 0)
  }
  if (isUsed) {
    listen(discovered$, onName)
    listen(update$, onUpdate)
    listen(snapshot$, onSnapshot)
  }

  return {
    streamOf: (symbol: string): Observable<string> =>
      defer(() => {
        const known = streams.get(symbol)
        return discovered$.pipe(known === undefined ? identity : startWith(known))
      }).pipe(
        filter((name) => streams.get(symbol) === name),
        distinctUntilChanged(),
      ),
    snapshotOf: (symbol: string): Observable<DepthSnapshot> =>
      defer(() => {
        const before = last.get(symbol) ?? (isOnly(symbol) ? last.get(undefined) : undefined)
        return before !== undefined && (updatesSince.get(symbol) ?? 0) <= 1
          ? of(before)
          : snapshot$.pipe(
              filter((snapshot) => isOf(symbol, snapshot)),
              take(1),
            )
      }),
  }
}

/** An error of the signals goes to those who listen to the client, not here. */
const listen = <A>(source: Observable<A>, next: (value: A) => void) =>
  source.subscribe({ next, error: () => undefined })
