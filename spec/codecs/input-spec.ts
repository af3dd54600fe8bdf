import { byteAt, load } from '../../lib/codecs/input.js'
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
