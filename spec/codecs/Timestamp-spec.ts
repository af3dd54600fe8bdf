import { milliseconds, Timestamp } from '../../lib/codecs/Timestamp.js'
import { reasonOf } from './reasonOf.js'
import { scanned, whole } from './scanned.js'
import { fc, test as property } from '../property.js'

test.each([0, 1, 1723110000123, 1e14])('%j ms is a time', (value) => {
  expect(Timestamp.decode(value)).toEqual({ _tag: 'Right', right: value })
  expect(Timestamp.fast(value)).toBe(value)
  expect(scanned(Timestamp, String(value))).toEqual(whole(value, String(value)))
  expect(Timestamp.is(value)).toBe(true)
  expect(Timestamp.encode(value)).toBe(value)
})

test.each([
  [1723110001001123, 1723110001001.123],
  [1723110001001001, 1723110001001.001],
  [1723110001001999, 1723110001001.999],
  [1723110001001000, 1723110001001],
  [100000000000001, 100000000000.001],
  [2 ** 53 - 1, 9007199254740.991],
])('%j microseconds are %j ms', (value, ms) => {
  expect(milliseconds(value)).toBe(ms)
  expect(Timestamp.decode(value)).toEqual({ _tag: 'Right', right: ms })
  expect(Timestamp.fast(value)).toBe(ms)
  expect(scanned(Timestamp, String(value))).toEqual(whole(ms, String(value)))
  expect(Timestamp.is(ms)).toBe(true)
})

test.each([
  [-1, 'expected Timestamp, came -1'],
  [0.5, 'expected Timestamp, came 0.5'],
  [1723110000123.5, 'expected Timestamp, came 1723110000123.5'],
  [2 ** 53, 'expected Timestamp, came 9007199254740992'],
  ['1723110000123', 'expected Timestamp, came "1723110000123"'],
  [null, 'expected Timestamp, came null'],
  [NaN, 'expected Timestamp, came null'],
])('%j: %s', (input, reason) => {
  expect(reasonOf(Timestamp, input)).toBe(reason)
  expect(Timestamp.fast(input)).toBeUndefined()
})

test.each([-1, 0.5, 99_999_999_999.5, 1e14 + 1, Infinity, NaN, '1', null])('%j is none in an event', (value) => {
  expect(Timestamp.is(value)).toBe(false)
})

test.each(['-1', '-0', '', '"1"', '01'])('%j is not read from the text', (text) => {
  expect(scanned(Timestamp, text)).toBeUndefined()
})

const wireTimes = fc.oneof(
  fc.maxSafeNat(),
  fc.integer({ min: 0, max: 2 ** 31 }),
  fc.bigInt(10n ** 14n - 9n, 10n ** 14n + 9n).map(Number),
)

property.prop([wireTimes], { seed: 1 })('all ways in agree, and what is written means the same', (wire) => {
  const ms = Timestamp.fast(wire)
  expect(Timestamp.decode(wire)).toEqual({ _tag: 'Right', right: ms })
  expect(scanned(Timestamp, String(wire))?.value).toBe(ms)
  expect(Timestamp.is(ms)).toBe(true)
  if (ms !== undefined) expect(Timestamp.fast(Timestamp.encode(ms))).toBe(ms)
})

const LAST_EXACT = 2 ** 43 * 1_000

property.prop([fc.integer({ min: 10 ** 14 + 1, max: LAST_EXACT })], { seed: 1, numRuns: 1_000 })(
  'microseconds are exact until the year 2248',
  (wire) => {
    const ms = milliseconds(wire)
    const written = Timestamp.encode(ms)
    expect(written > 1e14 ? written : written * 1_000).toBe(wire)
  },
)
