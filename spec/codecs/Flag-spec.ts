import { Flag } from '../../lib/codecs/Flag.js'
import { reasonOf } from './reasonOf.js'
import { scanned, whole } from './scanned.js'

test.each([true, false])('%j is a flag', (value) => {
  expect(Flag.decode(value)).toEqual({ _tag: 'Right', right: value })
  expect(Flag.fast(value)).toBe(value)
  expect(scanned(Flag, String(value))).toEqual(whole(value, String(value)))
})

test.each([
  ['true', 'expected boolean, came "true"'],
  [1, 'expected boolean, came 1'],
  [0, 'expected boolean, came 0'],
  [null, 'expected boolean, came null'],
])('%j: %s', (input, reason) => {
  expect(reasonOf(Flag, input)).toBe(reason)
  expect(Flag.fast(input)).toBeUndefined()
})

test.each(['tru', 'null', '"true"', 'False', ''])('%s is not read from the text', (text) => {
  expect(scanned(Flag, text)).toBeUndefined()
})
