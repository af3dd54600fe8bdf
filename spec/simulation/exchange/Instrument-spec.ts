import { bitcoinScale } from '../../../lib/simulation/market/Scale.js'
import { instrument } from '../../../lib/simulation/exchange/Instrument.js'

test.each([
  ['BTCUSDT', 'BTC', 'USDT'],
  ['BTC-USDT', 'BTC', 'USDT'],
  ['ETHBTC', 'ETH', 'BTC'],
  ['BTC_UP_DOWN_5M_1778483280_YUSDT', 'BTC_UP_DOWN_5M_1778483280_Y', 'USDT'],
  ['ODD', 'ODD', 'USDT'],
])('%s is %s, paid in %s', (symbol, base, quote) => {
  expect(instrument(symbol, bitcoinScale)).toMatchObject({ symbol, base, quote })
})

test('a tick, a lot, and one times the other', () => {
  expect(instrument('BTCUSDT', bitcoinScale)).toMatchObject({ tick: 10_000_000n, lot: 100_000n, tickLot: 10_000n })
})

test('ticks and lots that are too small are refused', () => {
  const fine = { ...bitcoinScale, price: () => '0.00000001' }
  expect(() => instrument('BTCUSDT', fine)).toThrow('expected ticks and lots')
})
