import { Subject, tap, type Observable, type SchedulerLike } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import type { Transport } from '../../lib/communicators/websocket/transport/Transport.js'
import { websocketCommunicator } from '../../lib/communicators/websocket/websocketCommunicator.js'
import { accountCommunicator } from '../../lib/communicators/accountCommunicator.js'
import { mergeCommunicators } from '../../lib/communicators/mergeCommunicators.js'
import { createRest } from '../../lib/rest/createRest.js'
import { depthSnapshot } from '../../lib/rest/depthSnapshot.js'
import type { Fetch } from '../../lib/rest/fetchText.js'
import type { BookState } from '../../lib/operators/BookState.js'
import type { Signal } from '../../lib/Signal.js'
import type { SimulatedVenue } from '../../lib/simulation/index.js'
import type { Venue, VenueWithBooks } from '../../lib/venues/Venue.js'
import { bookOracle } from './oracle/bookOracle.js'
import { deliveryOracle, type DeliveryOracle } from './oracle/deliveryOracle.js'
import type { Finding } from './oracle/Finding.js'
import { klineOracle } from './oracle/klineOracle.js'
import { timeOracle } from './oracle/timeOracle.js'
import { recorderUnderTest } from './recorderUnderTest.js'
import type { HostClock } from './hostClock.js'
import type { Times } from './Times.js'
import { subscriptionsUnderTest } from './subscriptionsUnderTest.js'

/** What a client runs in, and what it runs on. */
export interface Surroundings {
  readonly venue: VenueWithBooks
  readonly simulated: SimulatedVenue
  readonly transport: Transport
  readonly fetch?: Fetch
  /** Default: real time. */
  readonly scheduler?: SchedulerLike
  readonly random: () => number
  readonly times: Times
  /** The clocks of the client's host. */
  readonly host: HostClock
  /** Where it records what it says. */
  readonly file: string
  /** Upper case. */
  readonly symbols: readonly string[]
  /** Connections may be of different speed. */
  readonly isUneven: boolean
  /** Whose account is carried, too. Default: nobody's. */
  readonly credentials?: { readonly apiKey: string; readonly secret: string }
  /** What comes out of the client. Default: its messages. */
  readonly delivered?: (client: Outlets) => Observable<Delivered>
}

/** Where a client speaks. */
interface Outlets {
  readonly signal$: Observable<Signal>
  readonly message$: Observable<Delivered>
}

/** One event as it came out. */
type Delivered = Parameters<DeliveryOracle['delivered']>[0]

/** Whether accounts are carried by listen keys. */
export const hasListenKeys = ({ rest }: Venue): boolean =>
  Object.values(rest.versions).some(({ listenKey }) => listenKey !== undefined)

/**
 * The venue's log says by the end of an address which of the client's connections it is: they are called
 * `<name>-<n>` in the order in which they are made.
 */
const tagged = (name: string, transport: Transport): Transport => {
  let made = 0
  return (url) => transport(`${url}${url.includes('?') ? '&' : '?'}source=${name}-${(made += 1)}`)
}

/** A whole client, with everything that it says watched. */
export const soakedClient = (around: Surroundings) => {
  const { venue, simulated, times, symbols, random, scheduler, fetch, isUneven, credentials, host } = around
  const { delivered = (client: Outlets) => client.message$ } = around
  const { addresses, controls } = simulated
  const timed = scheduler === undefined ? {} : { scheduler }
  const rotate$ = new Subject<void>()
  const asking = {
    ...{ endpoint: addresses.rest, random, timeout: times.patience, ...timed },
    retry: { count: 1, delay: 100, maxDelay: 1_000 },
    ...(fetch !== undefined && { fetch }),
  }
  const rest = createRest({ venue, ...asking })
  const { clock, monotonic } = host
  const connecting = { ...times.websocket, ...timed, clock, monotonic, endpoint: addresses.websocket, random, rotate$ }
  const market = websocketCommunicator(venue, {
    ...connecting,
    transport: tagged(venue.name, around.transport),
    snapshot: (symbol, onProgress) => depthSnapshot(rest, { symbol, onProgress }),
  })
  const accountName = `${venue.name}-account`
  const communicator =
    credentials === undefined
      ? market
      : mergeCommunicators(
          market,
          accountCommunicator(venue, credentials, {
            ...connecting,
            ...{ rest: asking, every: times.extendEvery, inactivity: Infinity },
            createRetry: { delay: 100, maxDelay: 1_000 },
            transport: tagged(accountName, around.transport),
          }),
        )
  const client = createClient({
    ...{ venue, communicator, linger: times.linger, ...timed },
    sync: { retry: { delay: 100, maxDelay: 1_000 }, timeout: times.patience },
  })
  const findings: Finding[] = []
  const oracle = deliveryOracle({
    messagesPerSecond: venue.limits.messagesPerSecond,
    isAccount: (stream) => !stream.includes('@') && !stream.startsWith('!'),
    accountKind: (e) => venue.account[e]?.kind ?? e,
    isUneven,
  })
  const books = new Map(
    symbols.map((symbol) => [symbol, bookOracle(symbol, (rule, detail) => findings.push({ rule, detail }))]),
  )
  const states = new Map<string, BookState>()
  const rejected = new Set<string>()
  const silenced = new Set<number>()

  const bookStream = (symbol: string) => venue.bookStream.replace('<symbol>', symbol.toLowerCase())
  const heard = (symbol: string): Observable<unknown> =>
    client.book(symbol).pipe(
      tap({
        next: (state) => {
          states.set(symbol, state)
          books.get(symbol)?.said(state)
        },
        error: (error: unknown) => findings.push({ rule: 'error', detail: `book of ${symbol}: ${String(error)}` }),
        finalize: () => states.delete(symbol),
      }),
    )
  // A name that is a symbol is its book.
  const subscriptions = subscriptionsUnderTest((name) => (symbols.includes(name) ? heard(name) : client.stream(name)))

  /** The streams that somebody listens to. */
  const wanted = () => new Set(subscriptions.now().map((name) => (symbols.includes(name) ? bookStream(name) : name)))

  const klines = klineOracle((rule, detail) => findings.push({ rule, detail }))
  const venueLog = controls.log$.subscribe((entry) => {
    oracle.logged(entry)
    klines.logged(entry)
  })
  client.signal$.subscribe(oracle.said)
  const stamps = timeOracle(host, (rule, detail) => findings.push({ rule, detail }))
  client.signal$.subscribe(stamps.said)
  const recorder = recorderUnderTest(client.signal$, around.file, scheduler)
  client.status$.subscribe((status) => {
    if (status._tag === 'Rejected') rejected.add(status.stream)
    // Refused on one connection, and let go by the other.
    if (status._tag === 'Unsubscribed' && wanted().has(status.stream)) rejected.add(status.stream)
    if (status._tag === 'Acknowledged') rejected.delete(status.stream)
  })
  delivered(client).subscribe(oracle.delivered)

  return {
    client,
    rotate$,
    recorder,
    subscriptions,
    rejected,
    silenced,
    silence: (connection: number) => {
      silenced.add(connection)
      oracle.silenced(connection)
    },
    hasAccount: credentials !== undefined,
    states,
    oracle,
    findings: (): readonly Finding[] => [...findings, ...oracle.findings],
    /** Takes down what is wanted, and the venue's books as they are now. */
    look: () => {
      stamps.turned()
      oracle.wanted(wanted())
      for (const [symbol, book] of books) {
        const truth = controls.book(symbol)
        if (truth !== undefined) book.truth(truth)
      }
    },
    wanted,
    counts: () => {
      const all = [...books.values()].map((book) => book.counts())
      const sum = (of: (one: (typeof all)[number]) => number) => all.reduce((total, one) => total + of(one), 0)
      return { ...oracle.counts(), books: sum(({ books }) => books), whole: sum(({ whole }) => whole) }
    },
    end: () => venueLog.unsubscribe(),
  }
}

export type SoakedClient = ReturnType<typeof soakedClient>
