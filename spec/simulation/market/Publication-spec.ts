import { streamNames, type Topic } from '../../../lib/simulation/market/Publication.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import type { Venue } from '../../../lib/venues/Venue.js'

const symbol = 'BTCUSDT'
/** A venue whose names have symbols as payloads do. */
const exact: Venue = {
  ...asterFutures,
  name: 'exact',
  streams: { trade: { ...asterFutures.streams.trade, name: '<symbol:exactSymbol>@trade' } },
}

test.each<readonly [Venue, string, Topic['parameters'], string | undefined]>([
  [asterFutures, 'trade', { symbol }, 'btcusdt@trade'],
  [asterFutures, 'depth', { symbol }, 'btcusdt@depth'],
  [asterFutures, 'depth', { symbol, speed: '500ms' }, 'btcusdt@depth@500ms'],
  [asterFutures, 'partialDepth', { symbol, levels: 5, speed: '100ms' }, 'btcusdt@depth5@100ms'],
  [asterFutures, 'markPrices', {}, '!markPrice@arr'],
  [asterFutures, 'kline', { symbol, interval: '1m' }, 'btcusdt@kline_1m'],
  // What a stream's name cannot say names no stream.
  [asterFutures, 'kline', { symbol, interval: '1s' }, undefined],
  [asterFutures, 'kline', { symbol, interval: '1d', offset: '+08:00' }, undefined],
  [asterFutures, 'trade', {}, undefined],
  [asterFutures, 'avgPrice', { symbol }, undefined],
  [asterFutures, 'toString', {}, undefined],
  [binanceSpot, 'kline', { symbol, interval: '1s' }, 'btcusdt@kline_1s'],
  [binanceSpot, 'kline', { symbol, interval: '1d', offset: '+08:00' }, 'btcusdt@kline_1d@+08:00'],
  [binanceSpot, 'windowTickers', { window: '4h' }, '!ticker_4h@arr'],
  [exact, 'trade', { symbol }, 'BTCUSDT@trade'],
  // Retired.
  [binanceSpot, 'tickers', {}, undefined],
])('%#: %s', (venue, kind, parameters, name) => {
  const nameOf = streamNames(venue)
  const topic = { kind, parameters }
  expect([nameOf(topic), nameOf(topic)]).toEqual([name, name])
})
