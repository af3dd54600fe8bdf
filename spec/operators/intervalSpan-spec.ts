import { intervals } from '../../lib/events/Interval.js'
import { intervalSpan, type KlineInterval } from '../../lib/operators/intervalSpan.js'
import { fc, test as prop } from '../property.js'

const spanOf = (interval: KlineInterval, time: string) => {
  const { openTime, end } = intervalSpan(interval)(Date.parse(time))
  return [new Date(openTime).toISOString(), new Date(end - 1).toISOString()].map((text) =>
    text.replace('T00:00:00.000Z', '').replace('T23:59:59.999Z', ' end'),
  )
}

test.each<[KlineInterval, string, string, string]>([
  ['1s', '2024-08-08T23:54:13.500Z', '2024-08-08T23:54:13.000Z', '2024-08-08T23:54:13.999Z'],
  ['1m', '2024-08-08T23:54:13.500Z', '2024-08-08T23:54:00.000Z', '2024-08-08T23:54:59.999Z'],
  ['3m', '2024-08-08T23:53:59.999Z', '2024-08-08T23:51:00.000Z', '2024-08-08T23:53:59.999Z'],
  ['15m', '2024-08-08T23:45:00.000Z', '2024-08-08T23:45:00.000Z', '2024-08-08 end'],
  ['1h', '2024-08-08T22:59:59.999Z', '2024-08-08T22:00:00.000Z', '2024-08-08T22:59:59.999Z'],
  ['12h', '2024-08-08T13:00:00Z', '2024-08-08T12:00:00.000Z', '2024-08-08 end'],
  ['1d', '2024-08-08T13:00:00Z', '2024-08-08', '2024-08-08 end'],
  ['1w', '2024-08-08T13:00:00Z', '2024-08-05', '2024-08-11 end'],
  ['1w', '2024-08-05T00:00:00Z', '2024-08-05', '2024-08-11 end'],
  ['1w', '1970-01-01T00:00:00Z', '1969-12-29', '1970-01-04 end'],
  ['1M', '2024-02-29T23:59:59.999Z', '2024-02-01', '2024-02-29 end'],
  ['1M', '2023-02-28T23:59:59.999Z', '2023-02-01', '2023-02-28 end'],
  ['1M', '2024-03-01T00:00:00Z', '2024-03-01', '2024-03-31 end'],
  ['1M', '2000-02-29T00:00:00Z', '2000-02-01', '2000-02-29 end'],
  ['1M', '2100-02-28T00:00:00Z', '2100-02-01', '2100-02-28 end'],
  ['1M', '1970-01-01T00:00:00Z', '1970-01-01', '1970-01-31 end'],
])('%s: %s lies in %s to %s', (interval, time, open, close) => {
  expect(spanOf(interval, time)).toEqual([open, close])
})

test.each([
  ['2017-08-17T04:00:00Z', '2017-08-17', '2017-08-19 end'],
  ['2024-03-31T00:00:00Z', '2024-03-31', '2024-04-02 end'],
  ['2024-04-02T23:59:59.999Z', '2024-03-31', '2024-04-02 end'],
  ['2024-04-03T00:00:00Z', '2024-04-03', '2024-04-05 end'],
])('F61 three days open when those of Binance did: %s lies in %s to %s', (time, open, close) => {
  expect(spanOf('3d', time)).toEqual([open, close])
})

const times = fc.integer({ min: 0, max: Date.UTC(2600, 0) })
/** The number next below a positive one. */
const below = (x: number): number => {
  const bits = new BigUint64Array(new Float64Array([x]).buffer)
  return new Float64Array(bits.map((n) => n - 1n).buffer)[0] ?? NaN
}

prop.prop([times], { seed: 1 })('a month is the calendar’s', (time) => {
  const date = new Date(time)
  const month = (offset: number) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset)
  expect(intervalSpan('1M')(time)).toEqual({ openTime: month(0), end: month(1) })
})

prop.prop([times, fc.constantFrom<KlineInterval>('1s', ...intervals)], { seed: 1 })(
  'F58 a time lies in its interval, which has its beginning, not its end, and every fraction before that',
  (time, interval) => {
    const span = intervalSpan(interval)(time)
    expect(span.openTime).toBeLessThanOrEqual(time)
    expect(span.end).toBeGreaterThan(time)
    expect(intervalSpan(interval)(span.openTime)).toEqual(span)
    expect(intervalSpan(interval)(below(span.end))).toEqual(span)
    expect(intervalSpan(interval)(span.end).openTime).toBe(span.end)
  },
)

test.each(['7m', '1y', '', 'm', '1.5h', '60m'])('%p is no interval', (interval) => {
  expect(() => intervalSpan(interval as KlineInterval)).toThrow(
    new TypeError(
      `'${interval}' is no interval; expected one of 1s, 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d, 3d, 1w, 1M`,
    ),
  )
})
