import {
  allOf,
  candleOf,
  CANDLES,
  changesOf,
  noCandles,
  withCandle,
  type Candle,
} from '../../../../lib/cli/dashboard/state/candles.js'

const candle = (time: number, close = 1): Candle => ({
  ...{ time, open: 1, high: 2, low: 0.5, close, volume: 3, isWhole: true, decimals: 1 },
})
const candles = (...all: readonly Candle[]) => all.reduce(withCandle, noCandles)

test('a kline is a candle of numbers, whole unless a closed one is known to lack trades', () => {
  const kline = {
    ...{ openTime: 60_000, closeTime: 119_999, symbol: 'BTCUSDT', interval: '1m' as const },
    ...{ open: '1.10', high: '2.5', low: '1.0', close: '2.00', volume: '0.001' },
    ...{ firstTradeId: 1, lastTradeId: 2, tradeCount: 2, isClosed: true },
    ...{ quoteVolume: '0', takerBuyVolume: '0', takerBuyQuoteVolume: '0' },
    ...{ isComplete: false, missing: [], wasReset: false, lateTrades: 0, leftOut: 0 },
  }
  const expected = { time: 60_000, open: 1.1, high: 2.5, low: 1, close: 2, volume: 0.001, decimals: 1 }
  expect(candleOf(kline)).toEqual({ ...expected, isWhole: false })
  expect(candleOf({ ...kline, isClosed: false })).toEqual({ ...expected, isWhole: true })
  expect(candleOf({ ...kline, isComplete: true })).toEqual({ ...expected, isWhole: true })
})

test('needs as many decimals as the longest of its prices, without zeros at the end', () => {
  const kline = {
    ...{ openTime: 0, closeTime: 1, symbol: 'A', interval: '1s' as const, volume: '1', isClosed: false },
    ...{ firstTradeId: 1, lastTradeId: 2, tradeCount: 2, quoteVolume: '0' },
    ...{ takerBuyVolume: '0', takerBuyQuoteVolume: '0' },
    ...{ isComplete: false, missing: [], wasReset: false, lateTrades: 0, leftOut: 0 },
  }
  const small = { open: '0.00001200', high: '0.00001234', low: '0.00001000', close: '0.00001100' }
  expect(candleOf({ ...kline, ...small }).decimals).toBe(8)
  expect(candleOf({ ...kline, open: '100', high: '200', low: '100', close: '100.00' }).decimals).toBe(0)
})

test('candles grow, are mended, and stand in the order of their times, whatever order they come in', () => {
  const all = candles(candle(2), candle(4), candle(4, 7), candle(1), candle(3), candle(2, 9))
  expect(allOf(all).map(({ time, close }) => [time, close])).toEqual([
    [1, 1],
    [2, 9],
    [3, 1],
    [4, 7],
  ])
})

test('the oldest are let go', () => {
  const all = allOf(candles(...Array.from({ length: CANDLES + 2 }, (_, time) => candle(time)), candle(-1)))
  expect([all.length, all[0]?.time]).toEqual([CANDLES, 2])
})

test('what changed is what is to be drawn, and all of it where one came in between', () => {
  const before = candles(candle(1), candle(3))
  expect(changesOf(noCandles, before)).toEqual({ isAll: true, changed: [candle(1), candle(3)] })
  const grown = withCandle(withCandle(before, candle(3, 5)), candle(4))
  expect(changesOf(before, grown)).toEqual({ isAll: false, changed: [candle(3, 5), candle(4)] })
  const mended = withCandle(before, candle(1, 5))
  expect(changesOf(before, mended)).toEqual({ isAll: false, changed: [candle(1, 5)] })
  expect(changesOf(before, withCandle(before, candle(2)))).toEqual({ isAll: true, changed: [candle(2)] })
  expect(changesOf(before, before)).toEqual({ isAll: false, changed: [] })
})

test('a trade of the last candle copies none of those before it', () => {
  const before = candles(candle(1), candle(2), candle(3))
  const grown = withCandle(before, candle(3, 5))
  expect(grown.past).toBe(before.past)
  expect(changesOf(before, grown)).toEqual({ isAll: false, changed: [candle(3, 5)] })
})

test('candles of another market are not taken for those before', () => {
  expect(changesOf(candles(candle(2)), candles(candle(1)))).toEqual({ isAll: true, changed: [candle(1)] })
  expect(changesOf(candles(candle(2)), candles(candle(2, 5)))).toEqual({ isAll: false, changed: [candle(2, 5)] })
})
