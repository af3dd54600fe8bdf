import { Id, IdOrText, IdText } from '../../lib/codecs/Id.js'
import { Integer } from '../../lib/codecs/Integer.js'
import { reasonOf } from './reasonOf.js'
import { scanned, whole } from './scanned.js'
import { fc, test as property } from '../property.js'

test.each([0, -1, 1, 5123107832006, 2 ** 53 - 1, -(2 ** 53 - 1)])('%j is an id', (value) => {
  expect(Id.decode(value)).toEqual({ _tag: 'Right', right: value })
  expect(Id.fast(value)).toBe(value)
})

test.each([
  [2 ** 53, 'expected Id, came 9007199254740992'],
  [-(2 ** 53), 'expected Id, came -9007199254740992'],
  [1.5, 'expected Id, came 1.5'],
  ['', 'expected Id, came ""'],
  ['01', 'expected Id, came "01"'],
  ['1.0', 'expected Id, came "1.0"'],
  ['1e5', 'expected Id, came "1e5"'],
  ['+1', 'expected Id, came "+1"'],
  ['-', 'expected Id, came "-"'],
  ['one', 'expected Id, came "one"'],
  ['123456789012345678901', 'expected Id, came "123456789012345678901"'],
  [null, 'expected Id, came null'],
  [undefined, 'expected Id, came nothing'],
])('%j: %s', (input, reason) => {
  expect(reasonOf(Id, input)).toBe(reason)
  expect(Id.fast(input)).toBeUndefined()
})

test.each([
  ['1', 1],
  ['0', 0],
  ['-1', -1],
  ['9007199254740991', 9007199254740991],
  ['9007199254740992', '9007199254740992'],
  ['8389766079988521101', '8389766079988521101'],
  ['-9223372036854775808', '-9223372036854775808'],
  ['18446744073709551615', '18446744073709551615'],
])('F77 the digits %j are the id %j', (digits, id) => {
  expect(Id.decode(digits)).toEqual({ _tag: 'Right', right: id })
  expect(Id.fast(digits)).toBe(id)
  expect([Id.is(id), Id.encode(id)]).toEqual([true, id])
})

test('F77 in one form only is it an id that was read', () => {
  expect([Id.is('1'), Id.is(2 ** 53), Id.is('8389766079988521101')]).toEqual([false, false, true])
})

test('what counts is a number', () => {
  expect(Integer.fast(7)).toBe(7)
  expect(Integer.fast('8389766079988521101')).toBeUndefined()
  expect(reasonOf(Integer, '7')).toBe('expected Integer, came "7"')
  expect(scanned(Integer, '12.5')).toEqual({ value: 12, end: 2 })
})

test('or a text', () => {
  expect(IdOrText.fast(7)).toBe(7)
  expect(IdOrText.fast('1812112568701845504')).toBe('1812112568701845504')
  expect(IdOrText.fast('')).toBe('')
  expect(IdOrText.fast(2 ** 53)).toBeUndefined()
  expect(reasonOf(IdOrText, null)).toBe('expected Id or string, came null')
})

test.each([
  [7, '7'],
  [-1, '-1'],
  ['1812112568701845504', '1812112568701845504'],
  ['', ''],
])('always a text: %j', (input, text) => {
  expect(IdText.decode(input)).toEqual({ _tag: 'Right', right: text })
  expect(IdText.fast(input)).toBe(text)
  expect(IdText.encode(text)).toBe(text)
  expect([IdText.is(text), IdText.is(7)]).toEqual([true, false])
})

test.each([2 ** 53, 1.5, null, undefined, true, NaN])('%j is no id', (input) => {
  expect(IdText.fast(input)).toBeUndefined()
  expect(reasonOf(IdText, input)).toMatch(/^expected Id or string, came/)
})

property.prop([fc.maxSafeInteger()], { seed: 1 })('every safe integer is read from the text', (value) => {
  const text = String(value)
  expect(scanned(Id, text)).toEqual(whole(value, text))
})

property.prop([fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n })], { seed: 1 })(
  'what a number does not hold is not',
  (value) => {
    const exact = value >= -(2n ** 53n) + 1n && value <= 2n ** 53n - 1n
    expect(scanned(Id, String(value)) !== undefined).toBe(exact)
  },
)

test.each(['', '-', '01', '-01', '00', '"1"', 'null', '+1', 'x'])('%j is not read from the text', (text) => {
  expect(scanned(Id, text)).toBeUndefined()
})

test('reading stops behind the last digit', () => {
  expect(scanned(Id, '12.5')).toEqual({ value: 12, end: 2 })
  expect(scanned(Id, '12e5')).toEqual({ value: 12, end: 2 })
  expect(scanned(Id, '0')).toEqual({ value: 0, end: 1 })
  expect(scanned(Id, '-0')).toEqual({ value: -0, end: 2 })
  expect(scanned(Id, '9007199254740991')).toEqual({ value: 2 ** 53 - 1, end: 16 })
  expect(scanned(Id, '9007199254740992')).toBeUndefined()
})
