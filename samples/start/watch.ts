import { klines, type Client, type Counters, type KlineBar } from 'aster-rx'
import { filter, mergeMap, type Observable } from 'rxjs'
import type { MarketVenue } from './venues.js'
import { watchBook, type BookReport } from './watchBook.js'

/** What is watched of a client, whatever its venue's other events. */
export interface Watched extends Pick<
  Client<MarketVenue>,
  | 'signal$'
  | 'status$'
  | 'parseError$'
  | 'counters$'
  | 'trade$'
  | 'kline$'
  | 'depth$'
  | 'bookTicker$'
  | 'book'
  | 'scheduler'
  | 'lost'
  | 'venueClock'
> {
  readonly message$: Observable<{ readonly kind: string }>
}

/** What is known so far. */
export interface Report {
  readonly kinds: Map<string, number>
  readonly books: Map<string, BookReport>
  readonly klines: Map<string, KlineBar>
  readonly trades: string[]
  readonly notes: string[]
  counters: Counters
  /** How many bytes of the file were read; milliseconds since 1970 of the first and the last frame. */
  offset: number
  from: number | undefined
  to: number
}

/** What a status says, less when and where from. */
const details = (status: object) =>
  Object.entries(status).flatMap(([name, value]) =>
    ['receivedAt', 'source'].includes(name) ? [] : [`${name}: ${String(value)}`],
  )

/** What every connection says of itself, when all is well. */
const usual = new Set(['Connecting', 'Connected', 'Acknowledged', 'Waiting', 'Rotating', 'Closed'])

const LAST_TRADES = 5
const MOST_NOTES = 20

/** Listens to everything that a client says, and keeps what is worth showing. */
export const watch = (client: Watched): Report => {
  const report: Report = {
    ...{
      kinds: new Map(),
      books: new Map(),
      klines: new Map(),
      trades: [],
      notes: [],
      offset: 0,
      from: undefined,
      to: 0,
    },
    counters: { received: 0, routed: 0, unknown: 0, invalid: 0, control: 0, repeated: 0, unknownValues: 0 },
  }
  const note = (text: string) => {
    if (report.notes.length < MOST_NOTES) report.notes.push(text)
  }

  client.signal$.subscribe((signal) => {
    if (signal._tag !== 'Frame') return
    report.offset = signal.offset ?? 0
    report.from ??= signal.receivedAt
    report.to = signal.receivedAt
  })
  client.message$.subscribe(({ kind }) => report.kinds.set(kind, (report.kinds.get(kind) ?? 0) + 1))
  const lost$ = client.status$.pipe(filter(({ _tag }) => _tag === 'Disconnected'))
  const watchSymbol = (symbol: string) => {
    const tickers$ = client.bookTicker$.pipe(filter((ticker) => ticker.symbol === symbol))
    const { report: book, watch$ } = watchBook(symbol, client.book(symbol), tickers$, lost$)
    report.books.set(symbol, book)
    return watch$
  }
  client.depth$
    .pipe(
      filter(({ symbol }) => !report.books.has(symbol)),
      mergeMap(({ symbol }) => watchSymbol(symbol)),
    )
    .subscribe()
  client.trade$.subscribe(({ symbol, price, quantity, isBuyerMaker }) => {
    report.trades.push(`${symbol} ${isBuyerMaker ? 'sold' : 'bought'} ${quantity} at ${price}`)
    if (report.trades.length > LAST_TRADES) report.trades.shift()
  })
  client.trade$.pipe(klines({ interval: '1m', client })).subscribe((kline) => report.klines.set(kline.symbol, kline))
  client.parseError$.subscribe(({ _tag, offset, ...error }) =>
    note(`${_tag} at byte ${offset ?? 0}${'reason' in error ? `: ${error.reason}` : ''}`),
  )
  client.status$
    .pipe(filter(({ _tag }) => !usual.has(_tag)))
    .subscribe(({ _tag, ...status }) => note([_tag, ...details(status)].join(' ')))
  client.counters$.subscribe((counters) => (report.counters = counters))
  return report
}
