import { add, decimalText, exact, multiply, zero } from '../../lib/codecs/ExactDecimal.js'
import { fc, test as prop } from '../property.js'

test.each([
  ['0', '0'],
  ['0.00', '0'],
  ['-0.00', '0'],
  ['1.50', '1.5'],
  ['100', '100'],
  ['-0.05', '-0.05'],
  ['0.00000001', '0.00000001'],
  ['1e-8', '0.00000001'],
  ['1.5e2', '150'],
  ['1.5E+1', '15'],
  ['12e3', '12000'],
])('%s is %s', (text, plain) => {
  expect(decimalText(exact(text))).toBe(plain)
})

test('adds and multiplies without rounding', () => {
  expect(decimalText(add(exact('0.1'), exact('0.2')))).toBe('0.3')
  expect(decimalText(add(exact('10'), exact('0.005')))).toBe('10.005')
  expect(decimalText(add(exact('0.005'), exact('10')))).toBe('10.005')
  expect(decimalText(add(exact('1.5'), exact('-1.50')))).toBe('0')
  expect(decimalText(multiply(exact('61686.01'), exact('0.00000001')))).toBe('0.0006168601')
  expect(decimalText(multiply(exact('0.1'), exact('10')))).toBe('1')
  expect(decimalText(zero)).toBe('0')
})

const amounts = fc.array(fc.bigInt(0n, 10n ** 20n))

prop.prop([amounts], { seed: 1 })('the sum of many is exact', (units) => {
  const sum = units.map((unit) => exact(`${unit}e-8`)).reduce(add, zero)
  const total = units.reduce((a, b) => a + b, 0n)
  expect(sum.units * 10n ** BigInt(8 - sum.scale)).toBe(total)
  expect(exact(decimalText(sum)).units * 10n ** BigInt(8 - exact(decimalText(sum)).scale)).toBe(total)
})

test.each(['1e999999999', '1e-999999999', '1e1001', `1e${'9'.repeat(400)}`])('F71 %s is no quantity', (text) => {
  expect(() => exact(text)).toThrow(RangeError)
})
