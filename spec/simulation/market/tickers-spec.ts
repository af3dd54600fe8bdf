import { barOf } from '../../../lib/simulation/market/Bar.js'
import { bitcoinScale } from '../../../lib/simulation/market/Scale.js'
import { tickers } from '../../../lib/simulation/market/tickers.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import { named } from './named.js'

const HOUR = 3_600_000
const start = 472_224 * HOUR

test('each window has its own length', () => {
  const { add, due } = tickers({ symbol: 'BTCUSDT', scale: bitcoinScale, start, price: 1_000 })
  const traded = (tradeId: number, price: number) =>
    barOf([{ tradeId, price, quantity: 1_000, isBuyerMaker: true, makerId: 1, takerId: 2 }])
  add(start, traded(1, 1_000), 1_000)
  add(start + 22 * HOUR, traded(2, 1_100), 1_000)
  add(start + 23.5 * HOUR, traded(3, 1_210), 1_000)
  const best = { updateId: 1, symbol: 'BTCUSDT', bidPrice: '1', bidQuantity: '2', askPrice: '3', askQuantity: '4' }
  const sent = new Map(named(binanceSpot, due(start + 23.75 * HOUR, best)).map(({ stream, event }) => [stream, event]))
  expect(sent.get('btcusdt@ticker_1d')).toEqual({
    window: '1d',
    eventTime: start + 23.75 * HOUR,
    symbol: 'BTCUSDT',
    open: '100.00',
    high: '121.00',
    low: '100.00',
    close: '121.00',
    volume: '3.000',
    quoteVolume: '331.00000',
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
  expect(sent.get('btcusdt@ticker_4h')).toMatchObject({
    open: '110.00',
    priceChangePercent: '10.000',
    firstTradeId: 2,
    tradeCount: 2,
  })
  expect(sent.get('btcusdt@ticker_1h')).toMatchObject({
    open: '121.00',
    priceChange: '0.00',
    firstTradeId: 3,
    tradeCount: 1,
  })
})
