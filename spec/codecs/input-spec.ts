import { byteAt, expected, fourDigitsAt, isAscii, load, stands } from '../../lib/codecs/input.js'
import { fc, test as property } from '../property.js'

/** What is read of a text of so many characters. */
const read = (length: number): readonly number[] => Array.from({ length }, (_, at) => byteAt(at))

const MOST = 1_048_576

property.prop([fc.array(fc.string({ unit: 'binary', maxLength: 100 }), { minLength: 1, maxLength: 5 })])(
  'each character of ASCII is read as it is, each other one as 255, and a zero behind the last',
  (texts) => {
    for (const text of texts) {
      expect(load(text)).toBe(true)
      const codes = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
      expect(read(text.length + 1)).toEqual([...codes.map((code) => (code > 127 ? 255 : code)), 0])
    }
  },
)

test.each([
  ['of ASCII', 'a'],
  ['of three bytes each', '币'],
  ['of four bytes for two', '\u{1F600}'],
  ['half of a pair', '\uD83D'],
])('a text of 2^20 characters %s is read, and no longer one', (_, unit) => {
  const text = unit.repeat(MOST / unit.length)
  const code = unit === 'a' ? 97 : 255
  expect(load(text)).toBe(true)
  expect([byteAt(0), byteAt(MOST - 1), byteAt(MOST)]).toEqual([code, code, 0])
  expect(load(`${text}a`)).toBe(false)
})

test('the same text is read again as it was, whatever was read meanwhile', () => {
  for (const text of ['{"a":1}', `{"a":"${'x'.repeat(70_000)}"}`]) {
    for (const one of [text, '[]', text]) expect(load(one)).toBe(true)
    expect(String.fromCharCode(...read(5))).toBe('{"a":')
  }
})

test.each([
  ['0000', 0],
  ['0001', 1],
  ['1000', 1000],
  ['0120', 120],
  ['9876', 9876],
  ['9999', 9999],
])('%s are four digits', (text, number) => {
  load(`x${text}`)
  expect(fourDigitsAt(1)).toBe(number)
})

property.prop([fc.string({ unit: 'binary', minLength: 4, maxLength: 4 })])('any others are not', (text) => {
  load(text)
  expect(fourDigitsAt(0)).toBe(/^[0-9]{4}$/.test(text) ? Number(text) : -1)
})

test.each(Array.from({ length: 256 }, (_, code) => code).filter((code) => code < 48 || code > 57))(
  'the character %i is no digit, wherever it stands',
  (code) => {
    for (const at of [0, 1, 2, 3]) {
      load(`${'7'.repeat(at)}${String.fromCharCode(code)}${'7'.repeat(3 - at)}`)
      expect(fourDigitsAt(0)).toBe(-1)
    }
  },
)

test.each(['true', 'false', '{"stream":"a","data":', 'abcdefgh'])('%s stands where it stands, whole', (text) => {
  const looked = expected(text)
  load(`  ${text} `)
  expect([1, 2, 3].map((at) => stands(looked, at))).toEqual([false, true, false])
  for (let at = 0; at < text.length; at++) {
    load(`  ${text.slice(0, at)}~${text.slice(at + 1)} `)
    expect(stands(looked, 2)).toBe(false)
  }
})

test('only what has no other characters is of ASCII', () => {
  expect(['', 'a~ ', 'é', 'a\n', '币', 'a\u007f'].map(isAscii)).toEqual([true, true, false, false, false, false])
})
