import { silenceOf } from '../../../lib/communicators/websocket/silenceOf.js'
import { unaskedOf } from '../../../lib/communicators/websocket/unaskedOf.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'

test.each([
  ['btcusdt@depth', undefined],
  ['btcusdt@depth5@100ms', undefined],
  ['btcusdt@aggTrade', 300_000],
  ['btcusdt@trade', 300_000],
  ['btcusdt@forceOrder', Infinity],
  ['!forceOrder@arr', Infinity],
  ['btcusdt@tradepro', Infinity],
  ['btcusdt@nothing', Infinity],
])('%s may be quiet for %d ms', (name, silence) => expect(silenceOf(asterFutures)(name)).toBe(silence))

test.each([
  ['!serverShutdown', true],
  ['btcusdt@trade', false],
  ['btcusdt@nothing', false],
])('%s comes unasked: %j', (name, unasked) => expect(unaskedOf(binanceSpot)(name)).toBe(unasked))
