import { streamName } from '../../lib/venues/Venue.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'

test('streamName writes what the documentation writes', () => {
  expect(streamName(asterFutures, 'kline', { symbol: 'BTCUSDT', interval: '1m' })).toBe('btcusdt@kline_1m')
  expect(streamName(asterFutures, 'depth', { symbol: 'btcusdt' })).toBe('btcusdt@depth')
  expect(streamName(asterFutures, 'depth', { symbol: 'btcusdt', speed: '100ms' })).toBe('btcusdt@depth@100ms')
  expect(streamName(asterSpot, 'partialDepth', { symbol: 'btcusdt', levels: 5, speed: '100ms' })).toBe(
    'btcusdt@depth5@100ms',
  )
  expect(streamName(asterFutures, 'markPrices', { speed: '1s' })).toBe('!markPrice@arr@1s')
  expect(streamName(asterFutures, 'bookTickers', {})).toBe('!bookTicker')
  expect(streamName(binanceSpot, 'kline', { symbol: 'bnbbtc', interval: '1s', offset: '+08:00' })).toBe(
    'bnbbtc@kline_1s@+08:00',
  )
  expect(streamName(binanceSpot, 'windowTickers', { window: '4h' })).toBe('!ticker_4h@arr')
})

test('a kind that the venue does not have', () => {
  const wrong = 'markPrice' as 'trade'
  expect(() => streamName(asterSpot, wrong, { symbol: 'btcusdt' })).toThrow(
    new TypeError(
      "asterSpot has no stream 'markPrice'; expected one of aggTrade, trade, tradePro, kline, miniTicker, miniTickers, ticker, tickers, bookTicker, bookTickers, partialDepth, depth",
    ),
  )
})

test('a parameter that the stream does not take', () => {
  const levels = 7 as 5
  expect(() => streamName(asterSpot, 'partialDepth', { symbol: 'btcusdt', levels })).toThrow(
    new TypeError("levels of '<symbol>@depth<levels>[@<speed:milliseconds>]': expected 5 | 10 | 20, came 7"),
  )
  const symbol = 5 as unknown as string
  expect(streamName(asterSpot, 'trade', { symbol })).toBe('5@trade')
})

test('the rows are the venue’s', () => {
  const namesOf = ({ streams }: { readonly streams: Readonly<Record<string, { readonly name: string }>> }) =>
    Object.entries(streams).map(([kind, { name }]) => `${kind} ${name}`)
  expect(namesOf(asterSpot)).toEqual([
    'aggTrade <symbol>@aggTrade',
    'trade <symbol>@trade',
    'tradePro <symbol>@tradepro',
    'kline <symbol>@kline_<interval>',
    'miniTicker <symbol>@miniTicker',
    'miniTickers !miniTicker@arr',
    'ticker <symbol>@ticker',
    'tickers !ticker@arr',
    'bookTicker <symbol>@bookTicker',
    'bookTickers !bookTicker',
    'partialDepth <symbol>@depth<levels>[@<speed:milliseconds>]',
    'depth <symbol>@depth[@<speed:milliseconds>]',
  ])
  expect(namesOf(asterFutures)).toEqual([
    ...namesOf(asterSpot),
    'markPrice <symbol>@markPrice[@<speed:second>]',
    'markPrices !markPrice@arr[@<speed:second>]',
    'forceOrder <symbol>@forceOrder',
    'forceOrders !forceOrder@arr',
  ])
  expect(namesOf(binanceSpot)).toEqual([
    'aggTrade <symbol>@aggTrade',
    'trade <symbol>@trade',
    'blockTrade <symbol>@blockTrade',
    'kline <symbol>@kline_<interval:secondInterval>[@<offset>]',
    'miniTicker <symbol>@miniTicker',
    'miniTickers !miniTicker@arr',
    'ticker <symbol>@ticker',
    'tickers !ticker@arr',
    'windowTicker <symbol>@ticker_<window>',
    'windowTickers !ticker_<window>@arr',
    'bookTicker <symbol>@bookTicker',
    'bookTickers !bookTicker',
    'avgPrice <symbol>@avgPrice',
    'referencePrice <symbol>@referencePrice',
    'partialDepth <symbol>@depth<levels>[@<speed:milliseconds>]',
    'depth <symbol>@depth[@<speed:milliseconds>]',
    'serverShutdown !serverShutdown',
  ])
})

test('account events go by their e', () => {
  const kinds = (account: Readonly<Record<string, { readonly kind: string }>>) =>
    Object.fromEntries(Object.entries(account).map(([e, { kind }]) => [e, kind]))
  expect(kinds(asterSpot.account)).toEqual({
    outboundAccountPosition: 'accountPosition',
    executionReport: 'executionReport',
    listenKeyExpired: 'listenKeyExpired',
  })
  expect(kinds(binanceSpot.account)).toEqual({
    outboundAccountPosition: 'accountPosition',
    balanceUpdate: 'balanceUpdate',
    executionReport: 'executionReport',
    listStatus: 'listStatus',
    eventStreamTerminated: 'streamTerminated',
    externalLockUpdate: 'externalLock',
  })
  expect(kinds(bingxSpot.account)).toEqual({
    executionReport: 'executionReport',
    ACCOUNT_UPDATE: 'accountUpdate',
    listenKeyExpired: 'listenKeyExpired',
  })
  expect(kinds(asterFutures.account)).toEqual({
    ACCOUNT_UPDATE: 'accountUpdate',
    ORDER_TRADE_UPDATE: 'orderUpdate',
    MARGIN_CALL: 'marginCall',
    ACCOUNT_CONFIG_UPDATE: 'accountConfigUpdate',
    listenKeyExpired: 'listenKeyExpired',
    announcement: 'announcement',
  })
})

test('where and how much', () => {
  expect(
    [asterSpot, asterFutures, binanceSpot, bingxSpot].map(({ name, endpoints: { websocket, rest } }) => [
      name,
      websocket,
      rest,
    ]),
  ).toEqual([
    ['asterSpot', 'wss://sstream.asterdex.com', 'https://sapi.asterdex.com'],
    ['asterFutures', 'wss://fstream.asterdex.com', 'https://fapi.asterdex.com'],
    ['binanceSpot', 'wss://stream.binance.com:9443', 'https://api.binance.com'],
    ['bingxSpot', 'wss://open-api-ws.bingx.com/market', 'https://open-api.bingx.com'],
  ])
  expect(bingxSpot.endpoints.fallback).toEqual({
    websocket: 'wss://open-api-ws.bingx.pro/market',
    rest: 'https://open-api.bingx.pro',
  })
  expect(bingxSpot.limits).toMatchObject({ messagesPerSecond: 2, namesPerRequest: 1, lifetime: Infinity })
  expect(binanceSpot.limits.connectionAttempts).toEqual({ count: 300, per: 300_000 })
  expect(asterSpot.endpoints.testnet).toEqual({
    websocket: 'wss://sstream.asterdex-testnet.com',
    rest: 'https://sapi.asterdex-testnet.com',
  })
  expect(asterFutures.endpoints.testnet).toEqual({
    websocket: 'wss://fstream.asterdex-testnet.com',
    rest: 'https://fapi.asterdex-testnet.com',
  })
  const limits = [asterSpot, asterFutures, binanceSpot].map((venue) => venue.limits)
  expect(limits.map(({ messagesPerSecond }) => messagesPerSecond)).toEqual([5, 10, 5])
  expect(limits.map(({ streamsPerConnection }) => streamsPerConnection)).toEqual([1024, 200, 1024])
  expect(limits.map(({ lifetime }) => lifetime)).toEqual([86_400_000, 86_400_000, 86_400_000])
  expect(limits.map(({ weightPerMinute }) => weightPerMinute)).toEqual([6000, 2400, 6000])
})

test('books are made of the fastest stream by the venue’s rule', () => {
  expect(
    [asterSpot, asterFutures, binanceSpot].map(({ bookStream, depthRule }) => [bookStream, depthRule.name]),
  ).toEqual([
    ['<symbol>@depth@100ms', 'linked or contiguous ids'],
    ['<symbol>@depth@100ms', 'linked ids'],
    ['<symbol>@depth@100ms', 'contiguous ids'],
  ])
})
