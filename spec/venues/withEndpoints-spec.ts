import * as t from 'io-ts'
import { createRest } from '../../lib/rest/createRest.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'
import { binanceFutures } from '../../lib/venues/binanceFutures.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'
import type { Endpoints, Venue } from '../../lib/venues/Venue.js'
import { withEndpoints } from '../../lib/venues/withEndpoints.js'
import { inMemory } from '../communicators/websocket/inMemory.js'

/** From the venues' documents. */
test.each<readonly [string, Venue, string, Endpoints]>([
  [
    'asterSpot',
    asterSpot,
    'testnet',
    { websocket: 'wss://sstream.asterdex-testnet.com', rest: 'https://sapi.asterdex-testnet.com' },
  ],
  [
    'asterFutures',
    asterFutures,
    'testnet',
    { websocket: 'wss://fstream.asterdex-testnet.com', rest: 'https://fapi.asterdex-testnet.com' },
  ],
  [
    'asterFutures',
    asterFutures,
    'testnet5',
    { websocket: 'wss://fstream5.asterdex-testnet.com', rest: 'https://fapi.asterdex-testnet.com' },
  ],
  [
    'binanceFutures',
    binanceFutures,
    'testnet',
    { websocket: 'wss://stream.binancefuture.com', rest: 'https://testnet.binancefuture.com' },
  ],
  [
    'binanceFutures',
    binanceFutures,
    'demo',
    { websocket: 'wss://fstream.binancefuture.com', rest: 'https://demo-fapi.binance.com' },
  ],
  [
    'binanceSpot',
    binanceSpot,
    'testnet',
    {
      websocket: 'wss://stream.testnet.binance.vision',
      rest: 'https://testnet.binance.vision',
      websocketApi: 'wss://ws-api.testnet.binance.vision/ws-api/v3',
    },
  ],
  [
    'binanceSpot',
    binanceSpot,
    'demo',
    {
      websocket: 'wss://demo-stream.binance.com',
      rest: 'https://demo-api.binance.com',
      websocketApi: 'wss://demo-ws-api.binance.com/ws-api/v3',
    },
  ],
  [
    'binanceSpot',
    binanceSpot,
    'us',
    {
      websocket: 'wss://stream.binance.us:9443',
      rest: 'https://api.binance.us',
      websocketApi: 'wss://ws-api.binance.us/ws-api/v3',
    },
  ],
  [
    'binanceSpot',
    binanceSpot,
    'marketData',
    { websocket: 'wss://data-stream.binance.vision', rest: 'https://data-api.binance.vision' },
  ],
])('%s at another of its addresses', (_, venue, name, expected) => {
  const other = withEndpoints(venue, name)
  const { named, ...endpoints } = other.endpoints
  expect(endpoints).toEqual(expected)
  expect(named).toBe(venue.endpoints.named)
  expect({ ...other, endpoints: venue.endpoints }).toEqual(venue)
})

test('streams and requests go there', () => {
  const venue = withEndpoints(binanceFutures, 'demo')
  const run = inMemory(['btcusdt@depth'], {}, venue)
  run.pass(10)
  expect(run.last().url).toBe('wss://fstream.binancefuture.com/public/stream?streams=btcusdt@depth')
  run.end()
  const asked: string[] = []
  const rest = createRest({ venue, fetch: (url) => (asked.push(url), new Promise(() => undefined)) })
  rest.request('GET', rest.paths.time, {}, t.unknown).subscribe().unsubscribe()
  expect(asked).toEqual(['https://demo-fapi.binance.com/fapi/v1/time'])
})

test('and back by another name', () => {
  expect(withEndpoints(withEndpoints(binanceSpot, 'demo'), 'us')).toEqual(withEndpoints(binanceSpot, 'us'))
})

test.each([
  [binanceFutures, 'us', 'binanceFutures has the endpoints testnet, demo, came another name'],
  [binanceFutures, 'constructor', 'binanceFutures has the endpoints testnet, demo, came another name'],
  [bingxSpot, 'testnet', 'bingxSpot has no named endpoints, came another name'],
] as const)('only what a venue lists: %#', (venue, name, message) => {
  expect(() => withEndpoints<Venue>(venue, name)).toThrow(new TypeError(message))
})
