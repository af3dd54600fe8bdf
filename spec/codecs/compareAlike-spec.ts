import { compareAlike } from '../../lib/codecs/compareAlike.js'

test.each([
  ['4.00', '4.0', 0],
  ['0.1', '0.1000000000000000001', -1],
  ['0.1000000000000000001', '0.1', 1],
  ['0.1000000000000000001', '0.1000000000000000002', -1],
  ['0.1000000000000000000', '0.1', 0],
  ['1234567890123.0', '1234567890123', 0],
  ['12345678901234.00', '12345678901234', 0],
])('%s and %s', (a, b, expected) => {
  expect(Number(a)).toBe(Number(b))
  expect(Math.sign(compareAlike(a, b))).toBe(expected)
})
