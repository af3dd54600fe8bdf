import { streamName } from '../../lib/venues/streamName.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'

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
    /^asterSpot has no stream 'markPrice'; expected one of aggTrade, trade, (\w+, )+tradePro$/,
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
