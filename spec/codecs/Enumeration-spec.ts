import { enumeration } from '../../lib/codecs/Enumeration.js'
import { reasonOf } from './reasonOf.js'
import { scanned, whole } from './scanned.js'

const Colour = enumeration('Colour', ['RED', 'BLUE'])

test.each([
  ['RED', 0],
  ['BLUE', 0],
  ['red', 1],
  ['', 1],
  ['GREEN', 1],
  ['toString', 1],
])('%j passes as it came; unknown: %i', (value, unknown) => {
  expect(Colour.decode(value)).toEqual({ _tag: 'Right', right: value })
  expect(Colour.fast(value)).toBe(value)
  expect(Colour.encode(value)).toBe(value)
  expect(Colour.unknownValues?.(value)).toHaveLength(unknown)
  expect(scanned(Colour, JSON.stringify(value))).toEqual(whole(value, JSON.stringify(value)))
})

test.each([
  [1, 'expected Colour, came 1'],
  [null, 'expected Colour, came null'],
])('%j: %s', (input, reason) => {
  expect(reasonOf(Colour, input)).toBe(reason)
  expect(Colour.fast(input)).toBeUndefined()
})
