import { EMPTY, filter, NEVER, of, type Observable } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import type { AggTrade } from '../../lib/events/AggTrade.js'
import type { Trade } from '../../lib/events/Trade.js'
import { backfill } from '../../lib/operators/backfill.js'
import { costToFill, type CostToFill } from '../../lib/operators/costToFill.js'
import { depthWithin } from '../../lib/operators/depthWithin.js'
import type { DerivedKline } from '../../lib/operators/DerivedKline.js'
import { klines } from '../../lib/operators/klines.js'
import { levelChanges, type LevelChanges } from '../../lib/operators/levelChanges.js'
import { mid, type Mid } from '../../lib/operators/mid.js'
import { tickBars } from '../../lib/operators/tickBars.js'
import type { TradeBar } from '../../lib/operators/tradeBars.js'
import type { Backfill } from '../../lib/operators/tradeSequence.js'
import { verifyBook, type BookCheck, type BookDiverges } from '../../lib/operators/verifyBook.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'

const client = createClient({ venue: asterFutures, communicator: () => NEVER })
const book$ = client.book('btcusdt')

test('values of a book, and what there is where it is lost', () => {
  const mids: Observable<Mid | undefined> = book$.pipe(mid())
  const changes: Observable<LevelChanges | undefined> = book$.pipe(levelChanges())
  const costs: Observable<CostToFill> = book$.pipe(
    costToFill({ side: 'buy', amount: '1' }),
    filter((cost) => cost !== undefined),
  )
  // @ts-expect-error it may be lost
  const sure: Observable<Mid> = book$.pipe(mid())
  // @ts-expect-error a number would not be exact
  const cost = () => costToFill({ side: 'buy', quantity: 1 })
  // @ts-expect-error neither a distance nor a part
  const depth = () => depthWithin({})
  // @ts-expect-error that is no side
  const side = () => costToFill({ side: 'BUY', quantity: '1' })
  // @ts-expect-error trades are no book
  const trades = () => client.trade$.pipe(mid())
  expect([mids, changes, costs, sure, cost, depth, side, trades]).toHaveLength(8)
})

test('bars are made of trades or of aggregates, and what is backfilled stays what it was', () => {
  const bars: Observable<TradeBar> = client.trade$.pipe(tickBars({ trades: 5 }))
  const trades: Observable<Trade & Backfill> = client.trade$.pipe(backfill({ history: () => of<Trade[]>([]) }))
  const aggregates: Observable<AggTrade & Backfill> = client
    .stream('btcusdt@aggTrade')
    .pipe(backfill({ history: () => of<AggTrade[]>([]) }))
  const whole: Observable<DerivedKline> = aggregates.pipe(klines({ interval: '1m', client }))
  // @ts-expect-error tickers are no trades
  const tickers = () => client.bookTicker$.pipe(tickBars({ trades: 5 }))
  const mixed = () =>
    // @ts-expect-error aggregates are no trades
    client.trade$.pipe(backfill<Trade>({ history: () => of<AggTrade[]>([]) }))
  expect([bars, trades, aggregates, whole, tickers, mixed]).toHaveLength(6)
})

test('a check agrees, or diverges with both sides', () => {
  const check$: Observable<BookCheck> = verifyBook(book$, client.stream('btcusdt@bookTicker'))
  const alarm$: Observable<BookDiverges> = check$.pipe(filter((check) => check._tag === 'Diverges'))
  // @ts-expect-error the two the other way round
  const turned = () => verifyBook(client.bookTicker$, book$)
  expect([check$, alarm$, turned]).toHaveLength(3)
})

test('a client can be sent through, injected into and told what is wanted, by names of its venue', () => {
  client.setStreams(['btcusdt@trade', '!markPrice@arr'])
  // @ts-expect-error no stream of this venue
  expect(() => client.setStreams(['btcusdt@avgPrice'])).toThrow(TypeError)
  const sent: number = client.send('{}')
  // @ts-expect-error neither a text nor a signal
  const wrong = () => client.inject(5)
  expect([sent, wrong, EMPTY]).toHaveLength(3)
})
