import { bitcoinScale } from '../../../lib/simulation/market/Scale.js'
import { windowTickers } from '../../../lib/simulation/market/windowTickers.js'

const HOUR = 3_600_000
const start = 472_224 * HOUR

test('each window has its own length', () => {
  const { add, tickers } = windowTickers({ symbol: 'BTCUSDT', scale: bitcoinScale, start, price: 1_000 })
  const fill = (tradeId: number, price: number) => [
    { tradeId, price, quantity: 1_000, isBuyerMaker: true, makerId: 1, takerId: 2 },
  ]
  add(start, fill(1, 1_000))
  add(start + 22 * HOUR, fill(2, 1_100))
  add(start + 23.5 * HOUR, fill(3, 1_210))
  const told = tickers(start + 23.75 * HOUR)
  expect(told['1d']()).toEqual({
    window: '1d',
    eventTime: start + 23.75 * HOUR,
    symbol: 'BTCUSDT',
    open: '100.00',
    high: '121.00',
    low: '100.00',
    close: '121.00',
    volume: '3.000',
    quoteVolume: '331.0000',
    priceChange: '21.00',
    priceChangePercent: '21.000',
    weightedAveragePrice: '110.33',
    // In sixtieths of a day.
    openTime: start,
    closeTime: start + 23.75 * HOUR,
    firstTradeId: 1,
    lastTradeId: 3,
    tradeCount: 3,
  })
  expect(told['4h']()).toMatchObject({ open: '110.00', priceChangePercent: '10.000', firstTradeId: 2, tradeCount: 2 })
  expect(told['1h']()).toMatchObject({ open: '121.00', priceChange: '0.00', firstTradeId: 3, tradeCount: 1 })
})
