import { compareDecimals } from '../../lib/codecs/compareDecimals.js'
import { fc, test as prop } from '../property.js'

const order = (a: string, b: string) => Math.sign(compareDecimals(a, b))

test.each([
  ['1', '2', -1],
  ['2', '1', 1],
  ['4.00', '4.0', 0],
  ['4', '4', 0],
  ['0', '-0.00', 0],
  ['0', '0e-8', 0],
  ['1e-8', '0.00000001', 0],
  ['1E+2', '100', 0],
  ['0100', '1e2', 0],
  ['-1', '1', -1],
  ['-1', '-2', 1],
  ['1e-400', '0', 1],
  ['-1e-400', '0', -1],
  ['-1e-400', '1e-401', -1],
  ['1e-400', '1e-401', 1],
  ['-1e-400', '-1e-401', -1],
  ['1e400', '1e401', -1],
  ['2e400', '1e400', 1],
  ['0.1234567890123456789', '0.1234567890123456788', 1],
  ['-0.1234567890123456789', '-0.1234567890123456788', -1],
  ['12345678901234567890', '12345678901234567891', -1],
  ['12345678901234567890.0', '12345678901234567890.00', 0],
  ['12345678901234567890.01', '12345678901234567890.1', -1],
])('%s and %s', (a, b, expected) => {
  expect(order(a, b)).toBe(expected)
  expect(order(b, a)).toBe(expected === 0 ? 0 : -expected)
})

const written = fc
  .record({ digits: fc.bigInt(-(10n ** 25n), 10n ** 25n), scale: fc.nat(30), spare: fc.nat(3) })
  .map(({ digits, scale, spare }) => {
    const sign = digits < 0n ? '-' : ''
    const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0')
    const point = text.length - scale
    const plain = `${sign}${text.slice(0, point)}.${text.slice(point)}${'0'.repeat(spare)}`
    return { value: digits * 10n ** BigInt(40 - scale), texts: [plain.replace(/\.$/, ''), `${digits}e-${scale}`] }
  })

/** Pairs that numbers often cannot tell apart. */
const near = fc.tuple(written, fc.constantFrom(-1n, 0n, 1n)).map(([{ value, texts }, by]) => ({
  value: value + by * 10n ** 10n,
  texts: by === 0n ? texts : [`${value + by * 10n ** 10n}e-40`],
  from: { value, texts },
}))

prop.prop([near], { seed: 1 })(
  'agrees with exact arithmetic, however a number is written',
  ({ value, texts, from }) => {
    for (const a of texts)
      for (const b of from.texts) expect(order(a, b)).toBe(value === from.value ? 0 : value < from.value ? -1 : 1)
  },
)

prop.prop([written, written], { seed: 1 })('agrees with exact arithmetic, for any two numbers', (a, b) => {
  const expected = a.value === b.value ? 0 : a.value < b.value ? -1 : 1
  for (const x of a.texts) for (const y of b.texts) expect(order(x, y)).toBe(expected)
})

test.each([
  ['1e999999999', '1e999999998', 1],
  ['1e-999999999', '0', 1],
  ['-1e999999999', '1', -1],
])('F71 %s and %s are compared by their places', (a, b, expected) => {
  expect(order(a, b)).toBe(expected)
})
