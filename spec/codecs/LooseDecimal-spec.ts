import { LooseDecimal } from '../../lib/codecs/LooseDecimal.js'
import { reasonOf } from './reasonOf.js'

test.each([
  ['0.10', '0.10'],
  ['-8.02e-05', '-8.02e-05'],
  [0.1, '0.1'],
  [5, '5'],
  [0, '0'],
  [-1.5, '-1.5'],
  [1e-7, '1e-7'],
  [1e21, '1e+21'],
])('%j is %s', (input, text) => {
  expect(LooseDecimal.decode(input)).toEqual({ _tag: 'Right', right: text })
  expect(LooseDecimal.fast(input)).toBe(text)
  expect(LooseDecimal.is(text)).toBe(true)
  expect(LooseDecimal.encode(text)).toBe(text)
})

test.each([
  ['', 'expected Decimal, came ""'],
  ['x', 'expected Decimal, came "x"'],
  [null, 'expected Decimal, came null'],
  [true, 'expected Decimal, came true'],
  [NaN, 'expected Decimal, came null'],
  [Infinity, 'expected Decimal, came null'],
  [[1], 'expected Decimal, came [1]'],
])('%j: %s', (input, reason) => {
  expect(reasonOf(LooseDecimal, input)).toBe(reason)
  expect(LooseDecimal.fast(input)).toBeUndefined()
})

test('in an event it is a text', () => {
  expect(LooseDecimal.is(0.1)).toBe(false)
})
