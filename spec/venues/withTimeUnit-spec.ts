import { parse } from '../../lib/parser/parse.js'
import { frame } from '../../lib/Signal.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import { withTimeUnit } from '../../lib/venues/withTimeUnit.js'

const venue = withTimeUnit(binanceSpot, 'microsecond')

test('connections ask for the unit', () => {
  expect(venue.dialect.path?.([])).toBe('/stream?timeUnit=MICROSECOND')
  expect(venue.dialect.path?.(['a@trade', 'b@trade'])).toBe('/stream?streams=a@trade/b@trade&timeUnit=MICROSECOND')
  expect(withTimeUnit(binanceSpot, 'millisecond').dialect.path?.([])).toBe('/stream?timeUnit=MILLISECOND')
  expect(binanceSpot.dialect.path?.([])).toBe('/stream')
})

test('the last word counts', () => {
  expect(withTimeUnit(venue, 'millisecond').dialect.path?.([])).toBe('/stream?timeUnit=MILLISECOND')
})

test('all else is as it was', () => {
  const { path, account, raw, ...dialect } = venue.dialect
  const { path: before, account: accountBefore, raw: rawBefore, ...others } = binanceSpot.dialect
  expect({ ...venue, dialect }).toMatchObject({ ...binanceSpot, dialect: others })
  expect(path).not.toBe(before)
  expect([rawBefore?.('a@trade'), raw?.('a@trade')]).toEqual(['/ws/a@trade', '/ws/a@trade?timeUnit=MICROSECOND'])
  expect([accountBefore(''), account('')]).toEqual([
    '?returnRateLimits=false',
    '?returnRateLimits=false&timeUnit=MICROSECOND',
  ])
})

test('event times are ms with their microseconds as the fraction', () => {
  const depth = '{"e":"depthUpdate","E":1723110001001123,"s":"B","U":1,"u":2,"b":[],"a":[]}'
  const combined = frame(`{"stream":"b@depth","data":${depth}}`, 0)
  for (const text of [combined, frame(depth, 0, { id: 'a', stream: 'b@depth' })])
    expect(parse(venue)(text)).toMatchObject({ right: { event: { eventTime: 1723110001001.123 } } })
})

test('a venue with one unit cannot be asked', () => {
  expect(() => withTimeUnit(asterSpot, 'microsecond')).toThrow(
    new TypeError('asterSpot sends its times in one unit: it cannot be asked for another'),
  )
})
