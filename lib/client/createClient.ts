import {
  asyncScheduler,
  map,
  merge,
  Observable,
  of,
  ReplaySubject,
  share,
  Subject,
  Subscription,
  switchMap,
  takeUntil,
  type SchedulerLike,
} from 'rxjs'
import type { Communicator } from '../communicators/Communicator.js'
import type { DepthSnapshot } from '../events/DepthSnapshot.js'
import type { DepthUpdate } from '../events/DepthUpdate.js'
import type { BookState } from '../operators/BookState.js'
import { syncDepth } from '../operators/syncDepth.js'
import type { SyncDepthConfig } from '../operators/SyncDepthConfig.js'
import type { Parsed } from '../parser/parse.js'
import { router } from '../venues/router.js'
import type { Unstamped } from '../Signal.js'
import type { DepthRule } from '../venues/depthRule.js'
import { candidates } from '../venues/candidates.js'
import { fill, shown } from '../venues/grammar.js'
import type { StreamName, Venue } from '../venues/Venue.js'
import type { Client } from './Client.js'
import { createDispatcher, type Finish } from './dispatcher.js'
import { recordedDepth } from './recordedDepth.js'
import { createWanted } from './wanted.js'
import { wait } from '../timing/wait.js'

/** What a client is made of. */
export interface ClientConfig<V extends Venue> {
  readonly venue: V
  /** Where the signals come from: `replayCommunicator`, or any function of the same type. */
  readonly communicator: Communicator
  /** Wanted from the start. Default: none. */
  readonly streams?: readonly StreamName<V>[]
  /** How long a stream stays wanted after its last listener left, in ms; in a replay, not at all. Default: 1,000. */
  readonly linger?: number
  /** What a live client waits on; a replay has its own. Default: real time. */
  readonly scheduler?: SchedulerLike
  /** How `book` synchronizes: buffer, retries, timeout. */
  readonly sync?: Pick<SyncDepthConfig, 'maxBuffer' | 'retry' | 'timeout'>
}

/**
 * Puts a venue's tables and a communicator together.
 *
 * ```ts
 * const client = createClient({ venue: asterFutures, communicator: replayCommunicator({ files: 'day.txt.gz' }) })
 * client.trade$.subscribe(({ price, quantity }) => console.log(price, quantity))
 * client.connect()
 * ```
 *
 * @throws TypeError when one of `streams` is no stream of the venue.
 */
export const createClient = <V extends Venue>(config: ClientConfig<V>): Client<V> => {
  const { venue, communicator, streams = [], sync = {} } = config
  const scheduler: SchedulerLike = communicator.scheduler ?? config.scheduler ?? asyncScheduler
  const isReplay = communicator.scheduler !== undefined
  const linger = isReplay ? 0 : (config.linger ?? 1_000)
  const route = router(venue)

  const checked = (name: string): string => {
    const found = route(name)
    if (found === undefined) throw unknownStream(venue, name) // F80
    const { symbol = '' } = found.parameters
    const lower = symbol.toLowerCase()
    if (symbol === lower) return name
    throw new TypeError(`'${name}': expected the symbol in lower case, as in '${name.replace(symbol, () => lower)}'`)
  }

  const dispatcher = createDispatcher(venue)
  const wanted = createWanted(streams.map(checked), linger, scheduler)
  const listened = new Set<string>()
  let connection: Subscription | undefined
  let hasEnded = false
  const ended$ = new Subject<void>()

  const report = (status: Unstamped) => dispatcher.report({ ...status, receivedAt: scheduler.now() })
  const isOfAccount = (kind: string) => Object.values(venue.account).some((row) => row.kind === kind)
  const isFedLive = (kind: string) =>
    (isOfAccount(kind) && communicator.account !== undefined) ||
    Array.from(wanted.now()).some((name) => route(name)?.kind === kind)
  const reportUnfed = (kind: string) => {
    const isFed = isReplay ? isOfAccount(kind) || dispatcher.kind(kind).count > 0 : isFedLive(kind)
    if (!isFed && kind !== 'depthSnapshot') report({ _tag: 'Unfed', kind })
  }

  const ofKind = (kind: string): Observable<unknown> =>
    new Observable((subscriber) => {
      listened.add(kind)
      if (connection !== undefined && !isReplay) reportUnfed(kind)
      return dispatcher.kind(kind).subject.subscribe(subscriber)
    })

  const stream = (name: string): Observable<unknown> => {
    checked(name)
    return new Observable((subscriber) => {
      const subscription = dispatcher.stream(name).subject.subscribe(subscriber)
      if (!subscription.closed) subscription.add(wanted.hold(name))
      return subscription
    })
  }

  const recorded = recordedDepth(route, {
    discovered$: dispatcher.discovered$,
    update$: dispatcher.kind('depth').subject as Observable<DepthUpdate>,
    snapshot$: dispatcher.kind('depthSnapshot').subject as Observable<DepthSnapshot>,
  })

  const ask = communicator.snapshot
  const snapshot = (symbol: string): Observable<DepthSnapshot> => {
    fill(booksOf(venue).bookStream, { symbol: symbol.toLowerCase() }) // F80
    return ask === undefined
      ? recorded.snapshotOf(symbol.toUpperCase())
      : ask(symbol.toUpperCase()).pipe(
          map((reply) => snapshotIn(dispatcher.dispatch(reply))),
          takeUntil(ended$), // F46
        )
  }

  const synced = (rule: DepthRule) => (name: string) =>
    (stream(name) as Observable<DepthUpdate>).pipe(
      syncDepth({
        rule,
        snapshot,
        reset: dispatcher.lost(name), // F05
        scheduler,
        ...(isReplay && { timeout: Infinity }),
        ...sync,
      }),
    )
  const books = new Map<string, Observable<BookState>>()
  const book = (symbol: string): Observable<BookState> => {
    const name = symbol.toUpperCase()
    const known = books.get(name)
    const { depthRule, bookStream } = booksOf(venue)
    const live = fill(bookStream, { symbol: symbol.toLowerCase() })
    const name$ = isReplay ? recorded.streamOf(name) : of(live)
    const created =
      known ??
      name$.pipe(
        switchMap(synced(depthRule)),
        share({
          connector: () => new ReplaySubject(1),
          // The end of all is the end of a book, too, and leaves nothing to wait for.
          resetOnRefCountZero:
            linger === 0 ? true : () => (hasEnded ? of(undefined) : merge(wait(linger, scheduler), ended$)),
        }),
      )
    books.set(name, created)
    return created
  }

  const end = (finish: Finish) => {
    hasEnded = true
    wanted.end()
    dispatcher.end(finish)
    ended$.next()
  }
  const complete = () => {
    for (const name of wanted.ever) if (dispatcher.stream(name).count === 0) report({ _tag: 'Missing', stream: name })
    if (isReplay) listened.forEach(reportUnfed)
    end((subject) => subject.complete())
  }

  const connect = (): Subscription => {
    if (connection?.closed === true)
      throw new Error('This client has ended, and its Observables are complete: create another one')
    if (connection !== undefined) return connection
    connection = new Subscription(() => end((subject) => subject.complete()))
    if (!isReplay) listened.forEach(reportUnfed)
    connection.add(
      communicator(wanted.wanted$).subscribe({
        next: dispatcher.dispatch,
        error: (error: unknown) => end((subject) => subject.error(error)),
        complete,
      }),
    )
    return connection
  }

  const kinds = [
    ...(venue.depthSnapshot === undefined ? [] : ['depthSnapshot']),
    ...Object.keys(venue.streams),
    ...Object.values(venue.account).map(({ kind }) => kind),
  ]
  const { message$, parseError$, status$, signal$, counters$, lost } = dispatcher
  return {
    ...Object.fromEntries(kinds.map((kind) => [`${kind}$`, ofKind(kind)])),
    ...{ stream, message$, parseError$, status$, signal$, counters$, snapshot, book, lost, scheduler, connect },
    // The tables of V name the kinds, and their codecs make the events that Client<V> promises.
  } as unknown as Client<V>
}

/** A name that no row of the venue's tables matches, and those that it may have been meant for. */
const unknownStream = (venue: Venue, name: string): TypeError => {
  const meant = candidates(venue, name).join(', ')
  return new TypeError(`'${shown(name)}' is no stream of ${venue.name}; expected one like ${meant}`)
}

/** @throws TypeError for a venue without order books. */
const booksOf = ({ name, depthRule, bookStream }: Venue) => {
  if (depthRule === undefined || bookStream === undefined) throw new TypeError(`${name} has no order books`)
  return { depthRule, bookStream }
}

const snapshotIn = (parsed: Parsed | undefined): DepthSnapshot => {
  if (parsed?._tag === 'Right' && 'kind' in parsed.right && parsed.right.kind === 'depthSnapshot')
    return parsed.right.event as DepthSnapshot
  const reason = parsed?._tag === 'Left' && 'reason' in parsed.left ? parsed.left.reason : 'no depth snapshot'
  throw new Error(`Expected a depth snapshot, came ${reason}`)
}
