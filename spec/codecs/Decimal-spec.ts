import { Decimal, DecimalOrEmpty } from '../../lib/codecs/Decimal.js'
import { reasonOf } from './reasonOf.js'
import { scanned, whole } from './scanned.js'
import { fc, test as property } from '../property.js'

/** An exponent beyond two digits, whatever zeros are before them, is no quantity. */
const reference = /^-?\d+(?:\.\d+)?(?:[eE][+-]?0*\d{1,2})?$/

const decimals = ['0', '1', '-1', '61686.00000000', '-0.5', '1e-8', '-8.02e-05', '0.00', '1E5', '1.5E+10', '007', '-0']

const others = ['', '-', '.', '1.', '.5', '-.5', '1..2', '1.2.3', 'abc', '1e', '1.e5', '1e+', 'e5', '-e5', 'Infinity']
const oddities = ['NaN', ' 1', '1 ', '+1', '1,5', '0x10', '1e5.5', '1e5e5', '1_000', '--1', '1-1', '１', '1n', '1\n']

test.each(decimals)('%j is a decimal, and stays the text it is', (text) => {
  expect(Decimal.decode(text)).toEqual({ _tag: 'Right', right: text })
  expect(Decimal.fast(text)).toBe(text)
  expect(Decimal.encode(text)).toBe(text)
  expect(Decimal.is(text)).toBe(true)
})

test.each([...others, ...oddities, 1, 0, null, undefined, true, {}, ['1']])('%j is none', (input) => {
  expect(Decimal.decode(input)._tag).toBe('Left')
  expect(Decimal.fast(input)).toBeUndefined()
  expect(Decimal.is(input)).toBe(false)
})

test.each([
  ['1.', 'expected Decimal, came "1."'],
  [1, 'expected Decimal, came 1'],
  [null, 'expected Decimal, came null'],
  [undefined, 'expected Decimal, came nothing'],
])('%j: %s', (input, reason) => {
  expect(reasonOf(Decimal, input)).toBe(reason)
})

const almost = fc.string({ unit: fc.constantFrom(...Array.from('0123456789.-+eE ')), maxLength: 12 })

property.prop([fc.oneof(almost, fc.string())], { seed: 1, numRuns: 5000 })(
  'agrees with a regular expression',
  (text) => {
    expect(Decimal.is(text)).toBe(reference.test(text))
    const number = scanned(Decimal, JSON.stringify(text))
    if (number !== undefined) expect([number, reference.test(text)]).toEqual([whole(text, JSON.stringify(text)), true])
    else expect(/^-?\d+(?:\.\d+)?$/.test(text)).toBe(false)
  },
)

test('or nothing at all', () => {
  expect(DecimalOrEmpty.decode('')).toEqual({ _tag: 'Right', right: '' })
  expect(DecimalOrEmpty.fast('')).toBe('')
  expect(DecimalOrEmpty.fast('1.0')).toBe('1.0')
  expect(DecimalOrEmpty.fast(' ')).toBeUndefined()
  expect(reasonOf(DecimalOrEmpty, 'x')).toBe('expected Decimal or "", came "x"')
  expect(scanned(DecimalOrEmpty, '""')).toEqual(whole('', '""'))
  expect(scanned(DecimalOrEmpty, '"-1.5"')).toEqual(whole('-1.5', '"-1.5"'))
  expect(scanned(DecimalOrEmpty, '"x"')).toBeUndefined()
})

test.each(['"1.', '"1.5', '1.5"', '"1.5 "', '"1e5"', '"1.5x"', '1', 'null'])('%s is not read from the text', (text) => {
  expect(scanned(Decimal, text)).toBeUndefined()
})

test.each([
  ['99', '1e99', true],
  ['99 behind zeros', '1e+00099', true],
  ['-99', '1E-99', true],
  ['100', '1e100', false],
  ['-100', '1e-100', false],
  ['nine digits', '1e999999999', false],
  ['-999999999', '-1E-999999999', false],
])('F71 whether a decimal may have an exponent of %s', (_, text, isDecimal) => {
  expect(Decimal.is(text)).toBe(isDecimal)
  expect(Decimal.fast(text)).toBe(isDecimal ? text : undefined)
})

test('F71 a decimal has at most 400 characters, by either way', () => {
  const longest = `0.${'1'.repeat(398)}`
  expect(Decimal.is(longest)).toBe(true)
  expect(scanned(Decimal, `"${longest}"`)).toEqual(whole(longest, `"${longest}"`))
  expect(Decimal.is(`${longest}1`)).toBe(false)
  expect(scanned(Decimal, `"${longest}1"`)).toBeUndefined()
})
