import { filter, firstValueFrom, ReplaySubject, Subject, type Observable } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import type { WsConfig } from '../../lib/communicators/websocket/transport/wsTransport.js'
import type { WebsocketConfig } from '../../lib/communicators/websocket/websocketConfig.js'
import { websocketCommunicator } from '../../lib/communicators/websocket/websocketCommunicator.js'
import type { BookState } from '../../lib/operators/BookState.js'
import type { Message } from '../../lib/parser/Message.js'
import { createRest } from '../../lib/rest/createRest.js'
import { depthSnapshot } from '../../lib/rest/depthSnapshot.js'
import type { Signal, Status } from '../../lib/Signal.js'
import { startVenue, type VenueConfig } from '../../lib/simulation/index.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import type { StreamName } from '../../lib/venues/streamName.js'
import type { Venue } from '../../lib/venues/Venue.js'
import { loopTime } from '../helpers/loopTime.js'
import { expectHonestStatus, expectOnceInOrder, expectTrueBook, expectWithinRate, heardBy } from './invariants.js'

/** What a run is made of; what is left out is usual. */
export interface FaultyRunConfig<V extends Venue> {
  readonly venue: V
  readonly streams?: readonly StreamName<V>[]
  /** Whose books are kept. */
  readonly books?: readonly string[]
  readonly simulated?: Omit<VenueConfig, 'venue'>
  readonly live?: WebsocketConfig & WsConfig
}

/** What a test that failed has left behind. */
const running = new Set<() => Promise<void>>()

afterEach(async () => {
  for (const leave of running) await leave()
  running.clear()
})

/** Short waits, so that a test need not be patient. */
const usual: WebsocketConfig = { collect: 1, reconnect: { delay: 5, maxDelay: 20 }, overlap: 20 }

/** A client on a simulated venue, over real sockets, in time that no machine is too slow for; its end checks what must hold whatever went wrong. */
export const faultyRun = async <V extends Venue>(config: FaultyRunConfig<V>) => {
  const { venue, streams = [], books = [], simulated = {}, live = {} } = config
  const time = loopTime()
  const { scheduler, isWaiting } = time.clock()
  const simulation = await startVenue({
    ...{ venue, pause: 10, rate: 50, scheduler: time.clock().scheduler },
    ...simulated,
  })
  const { addresses, controls } = simulation
  const rest = createRest({ venue, endpoint: addresses.rest, retry: { count: 0 }, scheduler })
  const rotate$ = new Subject<string>()
  const asked: string[] = []
  const communicator = websocketCommunicator(venue, {
    endpoint: addresses.websocket,
    rotate$,
    scheduler,
    snapshot: (symbol, onProgress) => {
      asked.push(symbol)
      return depthSnapshot(rest, { symbol, limit: 1_000, onProgress })
    },
    ...usual,
    ...live,
  })
  const sync = { retry: { delay: 5, maxDelay: 20 } }
  const client = createClient({ venue, communicator, streams, linger: 1, sync, scheduler })
  const signals: Signal[] = []
  const messages: Message[] = []
  const signal$ = new ReplaySubject<Signal>(Infinity)
  const message$ = new ReplaySubject<Message>(Infinity)
  const states = new Map<string, BookState[]>(books.map((symbol) => [symbol, []]))
  const state$ = new ReplaySubject<readonly [symbol: string, state: BookState]>(Infinity)
  client.signal$.subscribe((signal) => {
    signals.push(signal)
    signal$.next(signal)
  })
  client.message$.subscribe((message: Message) => {
    messages.push(message)
    message$.next(message)
  })
  for (const symbol of books)
    client.book(symbol).subscribe((state) => {
      if (state._tag === 'Synced') expectTrueBook(state, states.get(symbol)?.at(-1))
      states.get(symbol)?.push(state)
      state$.next([symbol, state])
    })
  const connection = client.connect()
  const leave = async () => {
    connection.unsubscribe()
    await simulation.close()
  }
  running.add(leave)

  /** The first that fits and comes from now on. */
  const next = <A>(source: Observable<A>, fits: (value: A) => boolean): Promise<A> => {
    let isPast = true
    const found = firstValueFrom(source.pipe(filter((value) => !isPast && fits(value))))
    isPast = false
    return found
  }
  const status = <T extends Status['_tag']>(tag: T, count = 1) =>
    signals.filter((signal): signal is Extract<Status, { _tag: T }> => signal._tag === tag).slice(-count)

  return {
    client,
    controls,
    addresses,
    now: () => Math.floor(time.now()),
    rotate$,
    signals,
    messages,
    asked,
    states: (symbol: string) => states.get(symbol) ?? [],
    status,
    nextSignal: (tag: Signal['_tag'], fits: (signal: Signal) => boolean = () => true) =>
      next(signal$, (signal) => signal._tag === tag && fits(signal)),
    nextMessage: (fits: (message: Message) => boolean = () => true) => next(message$, fits),
    nextState: async (symbol: string, fits: (state: BookState) => boolean): Promise<BookState> => {
      const [, state] = await next(state$, ([of, state]) => of === symbol && fits(state))
      return state
    },
    /** The book is synced, or is so again. */
    synced: (symbol: string) => next(state$, ([of, { _tag }]) => of === symbol && _tag === 'Synced'),
    /**
     * Leaves: nothing more is said, no socket and no timer remains, and everything said was right. What is half-open on
     * the venue's side cannot see us go.
     */
    end: async (halfOpen = 0) => {
      controls.halt()
      connection.unsubscribe()
      expect(isWaiting()).toBe(false)
      const said = signals.length
      while (controls.connections().length > halfOpen) await firstValueFrom(controls.log$)
      const log = controls.log()
      await simulation.close()
      running.delete(leave)
      expect(signals.length).toBe(said)
      expectHonestStatus(signals)
      for (const times of heardBy(log)) expectWithinRate(times, venue.limits.messagesPerSecond)
      expectOnceInOrder(venue, messages)
    },
  }
}

/** A run on Aster's futures, whose market runs already. */
export const futuresRun = async (config: Omit<FaultyRunConfig<typeof asterFutures>, 'venue'> = {}) => {
  const run = await faultyRun({ venue: asterFutures, ...config })
  run.controls.run()
  return run
}
