import { PredictionEvent } from '../../lib/events/PredictionEvent.js'
import { reasonOf } from '../codecs/reasonOf.js'

const start = {
  e: 'market_start',
  m: 'btc_up_down_5m',
  y: 'BTC_UP_DOWN_5M_1778483280_YUSDT',
  n: 'BTC_UP_DOWN_5M_1778483280_NUSDT',
  p: '81234.5',
  t: 1778483280000,
}
const started = {
  event: 'market_start',
  name: 'btc_up_down_5m',
  yesSymbol: 'BTC_UP_DOWN_5M_1778483280_YUSDT',
  noSymbol: 'BTC_UP_DOWN_5M_1778483280_NUSDT',
  price: '81234.5',
  time: 1778483280000,
}

test('a market starts', () => {
  expect(PredictionEvent.decode(start)).toEqual({ _tag: 'Right', right: started })
  expect(PredictionEvent.fast(start)).toStrictEqual(started)
  expect(PredictionEvent.encode({ ...started })).toEqual(start)
})

test('and is settled', () => {
  const settled = { ...start, e: 'market_twap', r: 0.5, w: 'Y' }
  expect(PredictionEvent.fast(settled)).toEqual({ ...started, event: 'market_twap', result: 0.5, winner: 'Y' })
  expect(PredictionEvent.unknownValues?.({ ...started, winner: 'Z', event: 'market_end' })).toHaveLength(2)
})

test.each([
  ['m', true, 'm: expected string, came true'],
  ['r', '0.5', 'r: expected number, came "0.5"'],
  ['w', 1, 'w: expected Winner, came 1'],
  ['e', undefined, 'e: expected PredictionEventType, came nothing'],
  ['t', '1', 't: expected Timestamp, came "1"'],
])('%s: %j', (key, value, reason) => {
  expect(reasonOf(PredictionEvent, { ...start, [key]: value })).toBe(reason)
})
