import { Text } from '../../lib/codecs/Text.js'
import { reasonOf } from './reasonOf.js'
import { scanAt, scanned, whole } from './scanned.js'
import { fc, test as property } from '../property.js'

test.each(['', 'a', 'ÄÖ 公告', '\n', '"'])('%j is a text', (text) => {
  expect(Text.decode(text)).toEqual({ _tag: 'Right', right: text })
  expect(Text.fast(text)).toBe(text)
})

test.each([
  [1, 'expected string, came 1'],
  [null, 'expected string, came null'],
  [['a'], 'expected string, came ["a"]'],
  [undefined, 'expected string, came nothing'],
])('%j: %s', (input, reason) => {
  expect(reasonOf(Text, input)).toBe(reason)
  expect(Text.fast(input)).toBeUndefined()
})

property.prop([fc.string({ unit: 'grapheme' })], { seed: 1 })(
  'is read from a text where nothing is escaped',
  (value) => {
    const text = JSON.stringify(value)
    expect(scanned(Text, text)).toEqual(text.includes('\\') ? undefined : whole(value, text))
  },
)

test.each(['"', '"a', 'a"', '"a\u001fb"', '"\\u0041"', '1'])('%j is not read from the text', (text) => {
  // The scan has no end to find.
  expect(scanAt(Text, text)).toBeUndefined()
})

test('a space and a closing quote are the borders', () => {
  expect(scanned(Text, '" "')).toEqual(whole(' ', '" "'))
  expect(scanned(Text, '"!"')).toEqual(whole('!', '"!"'))
})
