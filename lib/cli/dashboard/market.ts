import { klines, type BookState, type Trade } from 'aster-rx/core'
import {
  interval,
  map,
  scan,
  shareReplay,
  startWith,
  withLatestFrom,
  type MonoTypeOperatorFunction,
  type Observable,
} from 'rxjs'
import type { PageClient } from './connect.js'
import type { Setup } from './Setup.js'
import { candleOf, noCandles, withCandle, type Candles } from './state/candles.js'
import { columnOf, withColumn, type Columns } from './state/heatMap.js'
import { none, withNewest, type Newest } from './state/newest.js'
import { PRINTS, type Print } from './state/Print.js'

/** The intervals of candles. */
export const intervals = ['1s', '1m', '5m', '1h'] as const
export type PageInterval = (typeof intervals)[number]

/** What is known of one market since the page was opened, whether it is shown or not. */
export interface Market {
  readonly symbol: string
  readonly book$: Observable<BookState>
  readonly tape$: Observable<Newest<Print>>
  /** The book, looked at again and again. */
  readonly columns$: Observable<Columns>
  readonly candles$: Readonly<Record<PageInterval, Observable<Candles>>>
}

/** How often a book is looked at, in ms, and how many looks are kept: three minutes of them. */
const LOOK = 250
const LOOKS = 720

/** Goes on while nobody listens, so that nothing is missing when somebody does. */
const kept = <A>(): MonoTypeOperatorFunction<A> => shareReplay({ bufferSize: 1, refCount: false })

/** An aggregate stands for its trades, by a number of its own. */
const tradesOf = (client: PageClient, trades: Setup['trades'], symbol: string): Observable<Trade> =>
  trades === 'trade'
    ? client.stream(trades, { symbol })
    : client.stream(trades, { symbol }).pipe(map((trade) => ({ ...trade, tradeId: trade.aggregateId })))

export const createMarket = (client: PageClient, { trades, source }: Setup, symbol: string): Market => {
  const trade$ = tradesOf(client, trades, symbol)
  // The clock of what serves a recording is not that of its trades.
  const clock = source === 'recorded' ? { scheduler: client.scheduler } : { client }
  const candlesOf = (length: PageInterval): Observable<Candles> =>
    trade$.pipe(
      klines({ interval: length, ...clock }),
      scan((candles, kline) => withCandle(candles, candleOf(kline)), noCandles),
      startWith(noCandles),
      kept(),
    )
  const book$ = client.book(symbol).pipe(kept())
  return {
    ...{ symbol, book$ },
    columns$: interval(LOOK).pipe(
      withLatestFrom(book$),
      scan((columns: Columns, [, state]) => withColumn(columns, columnOf(state, client.scheduler.now()), LOOKS), []),
      kept(),
    ),
    tape$: trade$.pipe(
      map(({ tradeTime, price, quantity, isBuyerMaker }) => ({
        ...{ time: tradeTime, price, quantity, isSale: isBuyerMaker },
      })),
      scan(withNewest(PRINTS)<Print>, none),
      startWith(none),
      kept(),
    ),
    candles$: { '1s': candlesOf('1s'), '1m': candlesOf('1m'), '5m': candlesOf('5m'), '1h': candlesOf('1h') },
  }
}

/** Follows all of a market from now on. */
export const follow = ({ book$, tape$, columns$, candles$ }: Market): void => {
  for (const each$ of [book$, tape$, columns$, ...Object.values(candles$)]) (each$ as Observable<unknown>).subscribe()
}
