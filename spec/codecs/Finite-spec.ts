import { Finite } from '../../lib/codecs/Finite.js'
import { reasonOf } from './reasonOf.js'

test.each([0, -1.5, 1e300])('%j is a number', (value) => {
  expect(Finite.decode(value)).toEqual({ _tag: 'Right', right: value })
  expect(Finite.fast(value)).toBe(value)
})

test.each([
  ['1', 'expected number, came "1"'],
  [null, 'expected number, came null'],
  [NaN, 'expected number, came null'],
  [Infinity, 'expected number, came null'],
])('%j: %s', (input, reason) => {
  expect(reasonOf(Finite, input)).toBe(reason)
  expect(Finite.fast(input)).toBeUndefined()
})
