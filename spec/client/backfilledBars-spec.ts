import { filter, firstValueFrom } from 'rxjs'
import type { Client } from '../../lib/client/Client.js'
import { createClient } from '../../lib/client/createClient.js'
import { websocketCommunicator } from '../../lib/communicators/websocket/websocketCommunicator.js'
import { createRest } from '../../lib/rest/createRest.js'
import { aggTrades, historicalTrades } from '../../lib/rest/pastTrades.js'
import type { Rest } from '../../lib/rest/Rest.js'
import { simulate } from '../../lib/simulation/host/simulate.js'
import { startVenue } from '../../lib/simulation/host/startVenue.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { asterPrediction } from '../../lib/venues/asterPrediction.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'
import { binanceFutures } from '../../lib/venues/binanceFutures.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import { isStreamName } from '../../lib/venues/isStreamName.js'
import { both, expectVenues, type AnyMarket } from '../helpers/venueBars.js'

const account = { apiKey: 'key', secret: 'secret' }

/** What a venue is asked for: by its aggregates, or by its trades. */
const kinds = {
  aggTrade: (client: Client<AnyMarket>, rest: Rest) =>
    both(client, client.aggTrade$, (symbol, fromId) => aggTrades(rest, { symbol, fromId })),
  trade: (client: Client<AnyMarket>, rest: Rest) =>
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
    const communicator = websocketCommunicator<AnyMarket>(venue, {
      ...{ transport, scheduler, rest: { fetch, scheduler }, reconnect: { delay: 2_000 } },
    })
    const name = symbol.toLowerCase()
    const streams = [`${name}@${kind}`, `${name}@kline_1m`].filter((one) => isStreamName<AnyMarket>(venue, one))
    const client = createClient<AnyMarket>({ venue, communicator, scheduler, streams })
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
