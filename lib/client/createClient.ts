import { aConfigOfVenue, aList, aText, checked, type Expected } from '../codecs/checked.js'
import { isValues } from '../codecs/Values.js'
import { asyncScheduler, Observable, ReplaySubject, Subscription, type SchedulerLike } from 'rxjs'
import type { Communicator } from '../communicators/Communicator.js'
import { countVersions } from '../copies.js'
import { frame, type Reply, type Signal } from '../Signal.js'
import type { SyncDepthConfig } from '../operators/SyncDepthConfig.js'
import { clockOf } from '../timing/realTime.js'
import { createVenueClock } from '../timing/venueClock.js'
import { router } from '../venues/router.js'
import type { ParametersOf } from '../venues/grammar.js'
import { checkName } from '../venues/isStreamName.js'
import { streamName, type StreamName } from '../venues/streamName.js'
import type { Venue } from '../venues/Venue.js'
import { createBooks } from './books.js'
import type { Client } from './Client.js'
import { listenTo, type Finish } from './channel.js'
import { createDispatcher } from './dispatcher.js'
import type { OnNotice } from './notices.js'
import { skippedBooks } from './skippedBooks.js'
import { createWanted } from './wanted.js'
import { watchedBy, type Watcher } from './Watcher.js'

/** What a client is made of. */
export interface ClientConfig<V extends Venue> {
  /** Whose streams, events and order books these are. */
  readonly venue: V
  /** Where the signals come from: `replayCommunicator`, or any function of the same type. */
  readonly communicator: Communicator<V['name']>
  /** Wanted from the start. Default: none. */
  readonly streams?: readonly StreamName<V>[]
  /** How long a stream stays wanted after its last listener left, in ms; in a replay, not at all. Default: 1,000. */
  readonly linger?: number
  /** What a live client waits on; a replay has its own. Default: real time. */
  readonly scheduler?: SchedulerLike
  /** How `book` synchronizes: buffer, retries, timeout. */
  readonly sync?: Pick<SyncDepthConfig, 'maxBuffer' | 'retry' | 'timeout'>
  /**
   * Hears once each, in words, what goes wrong while nobody listens to `status$` or `parseError$`: a file that cannot be
   * read, no connection, a rejected stream, a kind that nothing carries. Default: `console.warn`.
   */
  readonly onNotice?: OnNotice
}

const aSignal: Expected = {
  what: 'the text of a message, or a signal',
  is: (value) => typeof value === 'string' || (isValues(value) && typeof value['_tag'] === 'string'),
}

const ANOTHER_VERSION =
  'another version of the library is loaded: they share no rate limits, and errors of one are no instances of the other’s'

/**
 * Puts a venue's tables and a communicator together.
 *
 * ```ts
 * const client = createClient({ venue: asterFutures, communicator: replayCommunicator({ files: 'day.txt.gz' }) })
 * client.trade$.subscribe(({ price, quantity }) => console.log(price, quantity))
 * client.connect()
 * ```
 *
 * @throws TypeError when one of `streams` is no stream of the venue, or the communicator was made for another venue.
 */
export const createClient = checked(
  'createClient',
  [aConfigOfVenue('a config { venue, communicator }', ['communicator'])],
  <V extends Venue>(config: ClientConfig<V>): Client<V> => {
    const { venue, communicator, streams = [], sync = {} } = config
    // F81
    if (communicator.venue !== undefined && communicator.venue !== venue.name)
      throw new TypeError(
        `createClient: expected a communicator of ${venue.name}, came one of ${communicator.venue}: make both of one venue`,
      )
    const scheduler: SchedulerLike = communicator.scheduler ?? config.scheduler ?? asyncScheduler
    const isReplay = communicator.scheduler !== undefined
    const linger = isReplay ? 0 : (config.linger ?? 1_000)
    const route = router(venue)

    const { now } = clockOf(scheduler)
    const venueClock = communicator.venueClock ?? createVenueClock(now)
    const dispatcher = createDispatcher(venue, now, venueClock, config.onNotice)
    streams.forEach((name) => checkName(venue, name))
    const wanted = createWanted(streams, linger, scheduler)
    const listened = new Set<string>()
    let connection: Subscription | undefined
    const ended$ = new ReplaySubject<void>(1)

    const isOfAccount = (kind: string) => Object.values(venue.account).some((row) => row.kind === kind)
    const isFedLive = (kind: string) =>
      (isOfAccount(kind) && communicator.account !== undefined) ||
      Array.from(wanted.now()).some((name) => route(name)?.kind === kind)
    const reportUnfed = (kind: string) => {
      const isFed = isReplay ? isOfAccount(kind) || dispatcher.kind(kind).count > 0 : isFedLive(kind)
      if (!isFed && kind !== 'depthSnapshot') dispatcher.report({ _tag: 'Unfed', kind })
    }

    const ofKind = (kind: string): Observable<unknown> =>
      new Observable((subscriber) => {
        listened.add(kind)
        if (connection !== undefined && !isReplay) reportUnfed(kind)
        return listenTo(dispatcher.kind(kind)).subscribe(subscriber)
      })

    const wantedStream = (name: string): Observable<unknown> =>
      new Observable((subscriber) => {
        const subscription = listenTo(dispatcher.stream(name)).subscribe(subscriber)
        if (!subscription.closed) subscription.add(wanted.hold(name))
        return subscription
      })
    const stream = (name: string, parameters?: ParametersOf<string>): Observable<unknown> => {
      if (parameters === undefined) checkName(venue, name)
      return wantedStream(parameters === undefined ? name : streamName<Venue, string>(venue, name, parameters))
    }

    const books = createBooks({
      ...{ venue, route, dispatcher, stream: wantedStream, isReplay, linger, scheduler, sync, ended$ },
      ask: communicator.snapshot,
    })

    const end = (finish: Finish) => {
      wanted.end()
      dispatcher.end(finish)
      ended$.next()
    }
    const complete = () => {
      dispatcher.drain()
      for (const name of wanted.ever)
        if (dispatcher.stream(name).count === 0) dispatcher.report({ _tag: 'Missing', stream: name })
      if (isReplay) listened.forEach(reportUnfed)
      end((subject) => subject.complete())
    }

    const isBookWanted = (symbol?: string, name?: string) =>
      books.isHeld(symbol) ||
      listened.has('depth') ||
      dispatcher.isRecorded() ||
      Array.from(wanted.now()).some((one) => (name === undefined ? route(one)?.kind === 'depth' : one === name))
    const { skipped } = communicator
    const startSkipping = () => {
      if (skipped === undefined || venue.depthRule === undefined || !isBookWanted()) return undefined
      const held = (book: Reply, name: string) => {
        books.learn(book.symbol, name) // F65
        dispatcher.dispatch(book) // F65
      }
      return skippedBooks({ venue, route, sync, skipped, isNeeded: isBookWanted, held })
    }

    const connect = (): Subscription => {
      if (connection?.closed === true)
        throw new Error('This client has ended, and its Observables are complete: create another one')
      if (connection !== undefined) return connection
      connection = new Subscription(() => end((subject) => subject.complete()))
      if (countVersions() > 1) dispatcher.notices.say(ANOTHER_VERSION) // F81
      if (!isReplay) listened.forEach(reportUnfed)
      connection.add(startSkipping())
      connection.add(
        communicator.sent$?.subscribe((message) => {
          for (const watcher of dispatcher.watchers.all) watcher.sent(message)
        }),
      )
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
    const { message$, parseError$, status$, signal$, counters$, surprise$, lost, carried$ } = dispatcher
    return {
      ...Object.fromEntries(kinds.map((kind) => [`${kind}$`, ofKind(kind)])),
      ...{
        venue,
        stream,
        message$,
        parseError$,
        status$,
        signal$,
        inject: checked('client.inject', [aSignal], (given: string | Signal) => {
          const signal = typeof given === 'string' ? frame(given, now()) : given
          // Of no source, it is delivered as it comes.
          dispatcher.dispatch(signal, signal._tag === 'Frame' ? frame(signal.text, signal.receivedAt) : undefined)
        }),
        send: checked(
          'client.send',
          [aText('the text of a message')],
          (text: string, to?: string) => communicator.send?.(text, to) ?? 0,
        ),
        reconnect: (reason?: string) => communicator.reconnect?.(reason),
        setStreams: checked(
          'client.setStreams',
          [aList('a list of names of streams')],
          (names: readonly StreamName<V>[]) => {
            for (const name of names) checkName(venue, name)
            wanted.set(names)
          },
        ),
        watch: (watcher: Watcher) => watchedBy(dispatcher.watchers, watcher),
        queues: () => ({
          ...{ events: dispatcher.waiting(), streams: communicator.unasked?.() ?? 0 },
          messages: communicator.behind?.() ?? 0,
        }),
        counters$,
        surprise$,
        lost,
        carried$,
        snapshot: books.snapshot,
        book: books.book,
        heldBooks: books.heldBooks,
        scheduler,
        venueClock,
        connect,
      },
      // The tables of V name the kinds, and their codecs make the events that Client<V> promises.
    } as unknown as Client<V>
  },
)
