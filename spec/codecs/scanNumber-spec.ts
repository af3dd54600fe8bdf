import { cursor } from '../../lib/codecs/scan.js'
import { load } from '../../lib/codecs/input.js'
import { plainNumber, scanNumber } from '../../lib/codecs/scanNumber.js'
import { fc, test as property } from '../property.js'

/** What a number and its scale have to give back, written otherwise than in the library. */
const isPlain = (text: string): boolean => {
  const found = /^(0|[1-9]\d*)(?:\.(\d{1,14}))?$/.exec(text)
  if (found === null) return false
  const [, whole = '', part = ''] = found
  return /^0*$/.test(part) ? whole.length <= 15 : BigInt(whole + part) < 10n ** 15n
}

const digits = (maxLength: number) => fc.stringMatching(/^\d+$/, { maxLength })
const decimal = fc
  .tuple(
    fc.constantFrom('', '', '', '-', '+'),
    digits(18),
    fc.option(digits(18)),
    fc.constantFrom('', '', '', '00000000'),
  )
  .map(([sign, whole, part, zeros]) => `${sign}${whole}${part === null ? '' : `.${part}${zeros}`}`)
const short = fc
  .tuple(fc.nat(1e9), fc.option(digits(9)))
  .map(([whole, part]) => `${whole}${part === null ? '' : `.${part}`}`)
const exponent = fc.tuple(digits(5), fc.integer({ min: -30, max: 30 })).map(([whole, power]) => `${whole}e${power}`)

property.prop([fc.oneof(decimal, short, exponent)], { numRuns: 2_000 })(
  'a plain decimal is just what Number gives, and comes back from it; others are none',
  (text) => {
    const number = plainNumber(text)
    expect(number).toBe(isPlain(text) ? Number(text) : NaN)
    if (isPlain(text)) expect(number.toFixed(cursor.scale)).toBe(text)
  },
)

property.prop([short, short], { numRuns: 1_000 })('two plain decimals of one number are of one value', (a, b) => {
  const [one, other] = [plainNumber(a), plainNumber(b)]
  const pad = (text: string) => {
    const [whole = '', part = ''] = text.split('.')
    return whole + part.padEnd(20, '0')
  }
  if (isPlain(a) && isPlain(b)) expect(one === other).toBe(pad(a) === pad(b))
})

test.each<readonly [string, number]>([
  ['61686.00000000', 8],
  ['0.1', 1],
  ['0.00000000000001', 14],
  ['999999999999999', 0],
  ['999999999999999.0000', 4],
  ['31241245.00000000', 8],
  ['0', 0],
  ['0.000', 3],
  ['999999999', 0],
  ['1234567890', 0],
  ['999999999.999999', 6],
  ['0.999999999', 9],
  ['0.9999999999', 10],
  ['1234567890123.45', 2],
])('%s is plain, with %i digits behind its point', (text, scale) => {
  expect(load(`"${text}"`)).toBe(true)
  expect(scanNumber(`"${text}"`, 1)).toBe(Number(text))
  expect([cursor.at, cursor.scale]).toEqual([text.length + 1, scale])
  expect(Number(text).toFixed(scale)).toBe(text)
})

test.each([
  '',
  '-',
  '-1.5',
  '-0',
  '+1',
  '.5',
  '5.',
  '00',
  '01.5',
  '0000000000001',
  '1e-8',
  '1E2',
  '0x1',
  '1 ',
  ' 1',
  '1.2.3',
  '1,5',
  'NaN',
  '0.000000000000000',
  '1.000000000000000',
  '1000000000000000',
  '1000000000.000001',
  '99999999.99999999',
  '999999999.9999999',
  '123456789012.1234',
])('%s is not plain', (text) => {
  expect(plainNumber(text)).toBeNaN()
})
