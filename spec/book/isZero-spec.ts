import { isZero } from '../../lib/book/isZero.js'

test.each(['0', '0.0', '0.00000000', '0e-8', '0.000E5', '-0', '-0.00', '000', '.0'])('%s is zero', (text) => {
  expect(isZero(text)).toBe(true)
})

test.each(['1', '9', '0.9', '0.00000001', '10', '100.00', '1e-400', '0.1e5', '-1', '-0.5', '90', '2.00'])(
  '%s is not',
  (text) => {
    expect(isZero(text)).toBe(false)
  },
)
