import {
  defer,
  distinctUntilChanged,
  filter,
  identity,
  ignoreElements,
  merge,
  of,
  skip,
  startWith,
  Subject,
  take,
  takeUntil,
  tap,
  type Observable,
} from 'rxjs'
import { flat } from '../codecs/flat.js'
import type { DepthSnapshot } from '../events/DepthSnapshot.js'
import type { DepthUpdate } from '../events/DepthUpdate.js'
import type { OnProgress } from '../timing/RequestProgress.js'
import { wait } from '../timing/wait.js'
import { LONGEST_NAME } from '../venues/grammar.js'
import { REMEMBERED } from '../venues/router.js'
import { listenTo } from './channel.js'
import type { BooksConfig } from './BooksConfig.js'

/** What a recording that can make a book brings in so many ms of it, or before so many updates. */
const SOON = 1_000
const MANY = 1_000

const NO_STREAM =
  'for a second nothing came on a stream of its depth: if the recording holds none, there will be no book'
const NO_SNAPSHOT = 'its stream comes, and for a second no snapshot did: there will be no book before one does'

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
 * One from before the stream was lost is not, nor one behind which updates are missing.
 * A snapshot without a symbol belongs to the only symbol whose updates were seen, and to nobody where there are several.
 * Where snapshots can be asked for, nothing is looked at.
 */
export const recordedDepth = ({ route, dispatcher, ask, isReplay, scheduler, ended$ }: BooksConfig) => {
  const { discovered$, kind, stream, lost, report } = dispatcher
  const isUsed = isReplay || ask === undefined
  const learned$ = new Subject<string>()
  const snapshot$ = listenTo(kind('depthSnapshot')) as Observable<DepthSnapshot>
  const update$ = listenTo(kind('depth')) as Observable<DepthUpdate>
  const streams = new Map<string, string>()
  const learned = new Set<string>()
  const updatesSince = new Map<string, number>()
  const last = new Map<string | undefined, DepthSnapshot>()
  let levels = 0
  const isOnly = (symbol: string) => updatesSince.size === 0 || (updatesSince.size === 1 && updatesSince.has(symbol))
  const isOf = (symbol: string, snapshot: DepthSnapshot) =>
    snapshot.symbol === symbol || (snapshot.symbol === undefined && isOnly(symbol))

  const onName = (name: string) => {
    const { kind, symbol } = route(name) ?? {}
    if (kind !== 'depth' || symbol === undefined || learned.has(symbol)) return
    const known = streams.get(symbol)
    if (known === undefined ? streams.size >= REMEMBERED : known === name || stream(known).count > 0) return
    streams.set(symbol, name)
    listen(lost(name), () => forget(symbol)) // F25
  }
  const learn = (symbol: string, name: string) => {
    onName(name)
    streams.set(symbol, name)
    learned.add(symbol)
    learned$.next(name)
  }
  const drop = (symbol: string | undefined) => {
    levels -= levelsOf(last.get(symbol))
    last.delete(symbol)
  }
  const forget = (symbol: string) => {
    drop(symbol)
    drop(undefined)
  }
  /** Something is missing between the last snapshot and the update: it was asked for because of an update before. */
  const isBehind = ({ symbol, firstUpdateId, previousUpdateId = firstUpdateId - 1 }: DepthUpdate) =>
    [symbol, undefined].some((of) => (last.get(of)?.lastUpdateId ?? Infinity) < previousUpdateId)
  const onUpdate = (update: DepthUpdate) => {
    const { symbol } = update
    if (isBehind(update)) forget(symbol)
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

  const available = (symbol: string) => snapshot$.pipe(filter((snapshot) => isOf(symbol, snapshot)))
  /** Says once, before `over$`, what a second of the recording has not brought, and what `tell` adds to it. */
  const late = (symbol: string, reason: string, over$: Observable<unknown>, tell: () => void = () => undefined) =>
    merge(
      wait(SOON, scheduler),
      // Where time stands still, updates are what passes.
      update$.pipe(
        filter((update) => update.symbol === symbol),
        skip(MANY),
      ),
    ).pipe(
      take(1),
      tap(() => {
        report({ _tag: 'Unsynced', symbol, reason }) // F65
        tell()
      }),
      ignoreElements(),
      takeUntil(merge(over$, ended$)),
    )

  return {
    learn,
    knownStream: (symbol: string) => streams.get(symbol),
    available,
    streamOf: (symbol: string): Observable<string> =>
      defer(() => {
        const known = streams.get(symbol)
        return merge(discovered$, learned$.pipe(takeUntil(ended$))).pipe(
          known === undefined ? identity : startWith(known),
        )
      }).pipe(
        filter((name) => streams.get(symbol) === name),
        distinctUntilChanged(),
      ),
    absence: (symbol: string, name$: Observable<string>) => late(symbol, NO_STREAM, name$),
    snapshotOf: (symbol: string, onProgress?: OnProgress): Observable<DepthSnapshot> =>
      defer(() => {
        const before = last.get(symbol) ?? (isOnly(symbol) ? last.get(undefined) : undefined)
        if (before !== undefined && (updatesSince.get(symbol) ?? 0) <= 1) return of(before)
        const came$ = available(symbol).pipe(take(1))
        return isReplay
          ? merge(
              came$,
              late(symbol, NO_SNAPSHOT, came$, () => onProgress?.({ _tag: 'Absent' })),
            )
          : came$
      }),
  }
}

/** An error of the signals goes to those who listen to the client, not here. */
const listen = <A>(source: Observable<A>, next: (value: A) => void) =>
  source.subscribe({ next, error: () => undefined })
