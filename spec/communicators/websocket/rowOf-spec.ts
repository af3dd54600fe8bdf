import { rowOf, silenceOf } from '../../../lib/communicators/websocket/rowOf.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'

test.each([
  ['btcusdt@depth@100ms', undefined],
  ['btcusdt@aggTrade', 300_000],
  ['btcusdt@forceOrder', Infinity],
  ['nosuch', Infinity],
])('%s may be quiet for %d ms', (name, silence) => expect(silenceOf(rowOf(asterFutures)(name))).toBe(silence))

test.each([
  ['!serverShutdown', true],
  ['btcusdt@trade', undefined],
])('%s comes unasked: %j', (name, unasked) => expect(rowOf(binanceSpot)(name)?.unasked).toBe(unasked))

test.each([
  ['!ticker@arr', '2026-03'],
  ['!bookTicker', '2022'],
  ['btcusdt@ticker', undefined],
])('%s was retired: %j', (name, retired) => expect(rowOf(binanceSpot)(name)?.retired).toBe(retired))
