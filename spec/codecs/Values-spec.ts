import { isValues } from '../../lib/codecs/Values.js'

test.each([
  [{}, true],
  [{ a: 1 }, true],
  [Object.create(null), true],
  [[], false],
  [null, false],
  ['x', false],
  [1, false],
  [undefined, false],
])('%j: %s', (input, wanted) => {
  expect(isValues(input)).toBe(wanted)
})
