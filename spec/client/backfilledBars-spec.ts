import { filter, firstValueFrom, type Observable } from 'rxjs'
import type { Client } from '../../lib/client/Client.js'
import { createClient } from '../../lib/client/createClient.js'
import { websocketCommunicator } from '../../lib/communicators/websocket/websocketCommunicator.js'
import type { KlineBar } from '../../lib/events/Kline.js'
import { backfill, type BackfillConfig } from '../../lib/operators/backfill.js'
import type { DerivedKline } from '../../lib/operators/DerivedKline.js'
import { klines } from '../../lib/operators/klines.js'
import type { TradeEvent } from '../../lib/operators/TradeEvent.js'
import type { Backfill } from '../../lib/operators/tradeSequence.js'
import { createRest } from '../../lib/rest/createRest.js'
import { aggTrades, historicalTrades } from '../../lib/rest/pastTrades.js'
import type { Rest } from '../../lib/rest/Rest.js'
import { simulate } from '../../lib/simulation/host/simulate.js'
import { startVenue } from '../../lib/simulation/host/startVenue.js'
import { asterFutures, type AsterFutures } from '../../lib/venues/asterFutures.js'
import { asterPrediction, type AsterPrediction } from '../../lib/venues/asterPrediction.js'
import { asterSpot, type AsterSpot } from '../../lib/venues/asterSpot.js'
import { binanceFutures, type BinanceFutures } from '../../lib/venues/binanceFutures.js'
import { binanceSpot, type BinanceSpot } from '../../lib/venues/binanceSpot.js'
import { isStreamName } from '../../lib/venues/isStreamName.js'

type Any = AsterFutures | AsterSpot | AsterPrediction | BinanceFutures | BinanceSpot

/** The bars of a minute or of a second that are made of a stream and what was asked for, beside the venue's own. */
const both = <T extends TradeEvent>(
  client: Client<Any>,
  trades$: Observable<T>,
  history: BackfillConfig<T>['history'],
) => {
  const trades: (T & Backfill)[] = []
  const bars: DerivedKline[] = []
  const venues: KlineBar[] = []
  const { scheduler } = client
  const whole$ = trades$.pipe(backfill({ history, scheduler }))
  whole$.subscribe((trade) => trades.push(trade))
  whole$.pipe(klines({ interval: '1m', client, grace: 100 })).subscribe((bar) => bars.push(bar))
  client.kline$.subscribe(({ kline }) => venues.push(kline))
  return {
    trades,
    /** Our closed bars from the second one on, each with what is said of it last, and the venue's of those. */
    closed: () => {
      const lastOf = <Bar extends KlineBar>(all: readonly Bar[]) =>
        new Map(all.filter(({ isClosed }) => isClosed).map((bar) => [bar.openTime, bar]))
      const theirs = lastOf(venues)
      const ours = [...lastOf(bars).values()].slice(1).filter(({ openTime }) => theirs.has(openTime))
      return ours.map((bar) => ({ bar, theirs: theirs.get(bar.openTime) }))
    },
  }
}

/** Each of them is whole, and the venue's own, text for text. */
const expectVenues = (closed: ReturnType<ReturnType<typeof both>['closed']>): void => {
  for (const { bar, theirs } of closed) {
    const { isComplete, missing, wasReset, lateTrades, leftOut, ...own } = bar
    expect(own).toEqual(theirs)
    expect([isComplete, missing, leftOut, lateTrades >= 0, typeof wasReset]).toEqual([true, [], 0, true, 'boolean'])
  }
}

const account = { apiKey: 'key', secret: 'secret' }

/** What a venue is asked for: by its aggregates, or by its trades. */
const kinds = {
  aggTrade: (client: Client<Any>, rest: Rest) =>
    both(client, client.aggTrade$, (symbol, fromId) => aggTrades(rest, { symbol, fromId })),
  trade: (client: Client<Any>, rest: Rest) =>
    both(client, client.trade$, (symbol, fromId) => historicalTrades(rest, { symbol, fromId })),
}

const cases = [asterFutures, asterSpot, asterPrediction, binanceFutures, binanceSpot].flatMap((venue) =>
  (['aggTrade', 'trade'] as const)
    // Its single trades come with a key of another version than it has.
    .filter((kind) => kind === 'aggTrade' || venue !== asterPrediction)
    .map((kind) => [venue.name, kind, venue] as const),
)

test.each(cases)(
  '%s, %s: connections are lost again and again, and every bar is whole, and the venue’s',
  async (_, kind, venue) => {
    const symbol = venue === asterPrediction ? 'BTC_UP_DOWN_5M_1778483280_YUSDT' : 'BTCUSDT'
    const { transport, fetch, scheduler, controls, pass, close } = simulate({
      ...{ venue, seed: 9, symbols: [symbol], latency: 20, accounts: [account], pause: 80 },
    })
    const rest = createRest({ venue, fetch, scheduler, ...(kind === 'trade' && { apiKey: account.apiKey }) })
    const communicator = websocketCommunicator<Any>(venue, {
      ...{ transport, scheduler, rest: { fetch, scheduler }, reconnect: { delay: 2_000 } },
    })
    const name = symbol.toLowerCase()
    const streams = [`${name}@${kind}`, `${name}@kline_1m`].filter((one) => isStreamName<Any>(venue, one))
    const client = createClient<Any>({ venue, communicator, scheduler, streams })
    const { trades, closed } = kinds[kind](client, rest)
    const connection = client.connect()
    controls.run()
    for (const seconds of [50, 70, 5, 5, 90, 61]) {
      await pass(seconds * 1_000)
      controls.disconnect(1006)
    }
    await pass(130_000)
    expect(trades.filter(({ isBackfilled }) => isBackfilled).length).toBeGreaterThan(2)
    expect(trades.flatMap(({ missing = [] }) => missing)).toEqual([])
    expect(closed().length).toBeGreaterThan(4)
    expect(closed().some(({ bar }) => bar.wasReset)).toBe(true)
    expectVenues(closed())
    connection.unsubscribe()
    await close()
  },
)

test('over sockets: a cut in the middle of a minute', async () => {
  const venue = await startVenue({ venue: asterFutures, seed: 5, rate: 600 })
  const { websocket: endpoint, rest: restEndpoint } = venue.addresses
  const rest = createRest({ venue: asterFutures, endpoint: restEndpoint })
  const communicator = websocketCommunicator(asterFutures, {
    ...{ endpoint, rest: { endpoint: restEndpoint }, reconnect: { delay: 200 } },
  })
  const streams = ['btcusdt@aggTrade', 'btcusdt@kline_1m'] as const
  const client = createClient({ venue: asterFutures, communicator, streams })
  const { trades, closed } = both(client, client.aggTrade$, (symbol, fromId) => aggTrades(rest, { symbol, fromId }))
  const until = (wanted: () => boolean) => firstValueFrom(client.message$.pipe(filter(wanted)))
  const connection = client.connect()
  venue.controls.run()
  await until(() => closed().length === 1)
  venue.controls.disconnect(1006)
  await until(() => trades.some(({ isBackfilled }) => isBackfilled) && closed().length >= 3)
  expectVenues(closed())
  expect(closed().some(({ bar }) => bar.wasReset)).toBe(true)
  expect(trades.flatMap(({ missing = [] }) => missing)).toEqual([])
  connection.unsubscribe()
  await venue.close()
})
