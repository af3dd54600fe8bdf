import { decimalNumber } from '../../lib/codecs/decimalNumber.js'
import { fc, test as property } from '../property.js'

const digits = (maxLength: number) => fc.stringMatching(/^\d+$/, { maxLength })

property.prop([fc.boolean(), digits(20), fc.option(digits(20)), fc.option(fc.integer({ min: -30, max: 30 }))])(
  'is just what Number gives',
  (isNegative, whole, fraction, exponent) => {
    const text = `${isNegative ? '-' : ''}${whole}${fraction === null ? '' : `.${fraction}`}`
    const decimal = exponent === null ? text : `${text}e${exponent}`
    expect(decimalNumber(decimal)).toBe(Number(decimal))
  },
)

test.each([
  '61686.00000000',
  '0.1',
  '0.00000000000001',
  '999999999999999',
  '0',
  '-0',
  '-1.5',
  '1e-8',
  '1234567890123.45',
])('%s', (decimal) => expect(decimalNumber(decimal)).toBe(Number(decimal)))
