import type { Kline } from '../../../lib/events/Kline.js'
import { barOf } from '../../../lib/simulation/market/Bar.js'
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
    trade: (at = start) => add(at, barOf([trade])),
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

test('F61 three days begin when those of Binance did, and in UTC+8 eight hours earlier', () => {
  const opening = Date.UTC(2024, 2, 31)
  const { trade, due } = klines(opening + HOUR)
  trade()
  const told = due(opening + HOUR)
  expect(told.get('btcusdt@kline_3d')).toMatchObject({ openTime: opening, closeTime: Date.UTC(2024, 3, 3) - 1 })
  expect(told.get('btcusdt@kline_3d@+08:00')?.openTime).toBe(opening - 8 * HOUR)
})

test('F58 each is open until its end, whatever part of a millisecond is left', () => {
  const { trade, due } = klines(midnight)
  trade()
  const closedAt = (at: number) => [...due(at)].filter(([, { isClosed }]) => isClosed).map(([stream]) => stream)
  expect(closedAt(midnight + 999.9)).toEqual([])
  expect(closedAt(midnight + 1_000)).toEqual(['btcusdt@kline_1s', 'btcusdt@kline_1s@+08:00'])
})
