import { asterFutures } from '../../lib/venues/asterFutures.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'
import { binanceFutures } from '../../lib/venues/binanceFutures.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'

test('where and how much', () => {
  expect(
    [asterSpot, asterFutures, binanceFutures, binanceSpot, bingxSpot].map(
      ({ name, endpoints: { websocket, rest } }) => [name, websocket, rest],
    ),
  ).toEqual([
    ['asterSpot', 'wss://sstream.asterdex.com', 'https://sapi.asterdex.com'],
    ['asterFutures', 'wss://fstream.asterdex.com', 'https://fapi.asterdex.com'],
    ['binanceFutures', 'wss://fstream.binance.com', 'https://fapi.binance.com'],
    ['binanceSpot', 'wss://stream.binance.com:9443', 'https://api.binance.com'],
    ['bingxSpot', 'wss://open-api-ws.bingx.com/market', 'https://open-api.bingx.com'],
  ])
  expect(bingxSpot.endpoints.fallback).toEqual({
    websocket: 'wss://open-api-ws.bingx.pro/market',
    rest: 'https://open-api.bingx.pro',
  })
  expect(bingxSpot.limits).toMatchObject({ messagesPerSecond: 2, namesPerRequest: 1, lifetime: Infinity })
  expect(binanceSpot.limits.connectionAttempts).toEqual({ count: 300, per: 300_000 })
  expect(asterSpot.endpoints.named?.['testnet']).toEqual({
    websocket: 'wss://sstream.asterdex-testnet.com',
    rest: 'https://sapi.asterdex-testnet.com',
  })
  expect(asterFutures.endpoints.named?.['testnet']).toEqual({
    websocket: 'wss://fstream.asterdex-testnet.com',
    rest: 'https://fapi.asterdex-testnet.com',
  })
  expect(binanceFutures.limits).toMatchObject({
    messagesPerSecond: 10,
    lifetime: 86_400_000,
    weightPerMinute: 2_400,
  })
  const limits = [asterSpot, asterFutures, binanceSpot].map((venue) => venue.limits)
  expect(limits.map(({ messagesPerSecond }) => messagesPerSecond)).toEqual([5, 10, 5])
  expect(limits.map(({ streamsPerConnection }) => streamsPerConnection)).toEqual([1024, 200, 1024])
  expect(limits.map(({ lifetime }) => lifetime)).toEqual([86_400_000, 86_400_000, 86_400_000])
  expect(limits.map(({ weightPerMinute }) => weightPerMinute)).toEqual([6000, 2400, 6000])
})

test('books are made of the fastest stream by the venue’s rule', () => {
  expect(
    [asterSpot, asterFutures, binanceFutures, binanceSpot].map(({ bookStream, depthRule }) => [
      bookStream,
      depthRule.name,
    ]),
  ).toEqual([
    ['<symbol>@depth@100ms', 'linked or contiguous ids'],
    ['<symbol>@depth@100ms', 'linked ids'],
    ['<symbol>@depth@100ms', 'linked ids'],
    ['<symbol>@depth@100ms', 'contiguous ids'],
  ])
})
