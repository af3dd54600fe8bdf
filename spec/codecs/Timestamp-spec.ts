import { Timestamp } from '../../lib/codecs/Timestamp.js'
import { reasonOf } from './reasonOf.js'
import { scanned, whole } from './scanned.js'

test.each([0, 1, 1723110000123, 2 ** 53 - 1])('%j is a time', (value) => {
  expect(Timestamp.decode(value)).toEqual({ _tag: 'Right', right: value })
  expect(Timestamp.fast(value)).toBe(value)
  expect(scanned(Timestamp, String(value))).toEqual(whole(value, String(value)))
})

test.each([
  [-1, 'expected Timestamp, came -1'],
  [0.5, 'expected Timestamp, came 0.5'],
  [2 ** 53, 'expected Timestamp, came 9007199254740992'],
  ['1723110000123', 'expected Timestamp, came "1723110000123"'],
  [null, 'expected Timestamp, came null'],
  [NaN, 'expected Timestamp, came null'],
])('%j: %s', (input, reason) => {
  expect(reasonOf(Timestamp, input)).toBe(reason)
  expect(Timestamp.fast(input)).toBeUndefined()
})

test.each(['-1', '-0', '', '"1"', '01'])('%j is not read from the text', (text) => {
  expect(scanned(Timestamp, text)).toBeUndefined()
})
