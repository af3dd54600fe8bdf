import { asterFutures } from '../../lib/venues/asterFutures.js'
import { binanceFutures } from '../../lib/venues/binanceFutures.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'
import { streamAddress } from '../../lib/venues/streamAddress.js'
import { withTimeUnit } from '../../lib/venues/withTimeUnit.js'

test('the raw address of one stream, and the combined one of several', () => {
  expect(streamAddress(asterFutures, 'btcusdt@trade')).toBe('wss://fstream.asterdex.com/ws/btcusdt@trade')
  expect(streamAddress(asterFutures, '!markPrice@arr@1s')).toBe('wss://fstream.asterdex.com/ws/!markPrice@arr@1s')
  expect(streamAddress(asterFutures, ['btcusdt@trade', 'ethusdt@depth@100ms'])).toBe(
    'wss://fstream.asterdex.com/stream?streams=btcusdt@trade/ethusdt@depth@100ms',
  )
  expect(streamAddress(binanceSpot, ['btcusdt@trade'])).toBe(
    'wss://stream.binance.com:9443/stream?streams=btcusdt@trade',
  )
})

test('another endpoint, another unit of time', () => {
  expect(streamAddress(asterFutures, 'btcusdt@trade', 'ws://127.0.0.1:8080/')).toBe(
    'ws://127.0.0.1:8080/ws/btcusdt@trade',
  )
  const micro = withTimeUnit(binanceSpot, 'microsecond')
  expect(streamAddress(micro, 'btcusdt@trade')).toBe(
    'wss://stream.binance.com:9443/ws/btcusdt@trade?timeUnit=MICROSECOND',
  )
  expect(streamAddress(micro, ['btcusdt@trade'])).toBe(
    'wss://stream.binance.com:9443/stream?streams=btcusdt@trade&timeUnit=MICROSECOND',
  )
})

test('the route of a stream', () => {
  expect(streamAddress(binanceFutures, 'btcusdt@depth')).toBe('wss://fstream.binance.com/public/ws/btcusdt@depth')
  expect(streamAddress(binanceFutures, ['btcusdt@aggTrade', 'btcusdt@markPrice'])).toBe(
    'wss://fstream.binance.com/market/stream?streams=btcusdt@aggTrade/btcusdt@markPrice',
  )
  expect(() => streamAddress(binanceFutures, ['btcusdt@depth', 'btcusdt@aggTrade'])).toThrow(
    new TypeError('streamAddress: expected streams of one route, came those of /public, /market'),
  )
  expect(() => streamAddress(binanceFutures, [])).toThrow(/expected a stream of binanceFutures, .*, came none$/)
})

test('what is no stream, and a venue without such addresses', () => {
  expect(() => streamAddress(asterFutures, 'BTCUSDT' as 'btcusdt@trade')).toThrow(/is no stream of asterFutures/)
  expect(() => streamAddress(bingxSpot, [])).toThrow(new TypeError('streamAddress: bingxSpot has no such address'))
})
