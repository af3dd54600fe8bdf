import type { Kline } from '../../../lib/events/Kline.js'
import { bitcoinScale } from '../../../lib/simulation/market/Scale.js'
import { klineBars } from '../../../lib/simulation/market/klineBars.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import { named } from './named.js'

const HOUR = 3_600_000
/** A day in UTC begins. */
const midnight = 1_699_920_000_000

const klines = (start: number) => {
  const { add, due } = klineBars({ symbol: 'BTCUSDT', scale: bitcoinScale, start, price: 1_000 })
  const trade = { tradeId: 1, price: 1_010, quantity: 1, isBuyerMaker: false, makerId: 1, takerId: 2 }
  return {
    trade: () => add([trade]),
    due: (at: number) =>
      new Map(named(binanceSpot, due(at)).map(({ stream, event }) => [stream, (event as Kline).kline])),
  }
}

test('days begin at midnight, and in UTC+8 eight hours earlier', () => {
  const { trade, due } = klines(midnight)
  trade()
  const told = due(midnight + 1_000)
  expect(told.get('btcusdt@kline_1d')).toMatchObject({
    openTime: midnight,
    closeTime: midnight + 24 * HOUR - 1,
    interval: '1d',
  })
  expect(told.get('btcusdt@kline_1d@+08:00')).toMatchObject({
    openTime: midnight - 8 * HOUR,
    closeTime: midnight + 16 * HOUR - 1,
    interval: '1d',
  })
  expect(told.get('btcusdt@kline_1h@+08:00')).toEqual(told.get('btcusdt@kline_1h'))
  expect(told.get('btcusdt@kline_12h@+08:00')?.openTime).toBe(midnight - 8 * HOUR)
})

test('each closes at its own end', () => {
  const { trade, due } = klines(midnight)
  trade()
  due(midnight + 1_000)
  const closed = [...due(midnight + 16 * HOUR)].filter(([, { isClosed }]) => isClosed).map(([stream]) => stream)
  expect(closed).toContain('btcusdt@kline_1d@+08:00')
  expect(closed).not.toContain('btcusdt@kline_1d')
})
