import { Levels } from '../../lib/codecs/Levels.js'
import { reasonOf } from './reasonOf.js'
import { scanned, whole } from './scanned.js'
import { fc, test as property } from '../property.js'

test.each([
  [[]],
  [[['1.0', '2']]],
  [
    [
      ['1', '0'],
      ['2', '3'],
    ],
  ],
  [[['1', '2', 'more']]],
])('%j are levels', (levels) => {
  expect(Levels.decode(levels)).toEqual({ _tag: 'Right', right: levels })
  expect(Levels.fast(levels)).toEqual(levels)
  expect(Levels.encode(levels as never)).toEqual(levels)
})

test('they can be iterated, and have a length', () => {
  const levels = Levels.fast([
    ['1', '2'],
    ['3', '4'],
  ])
  expect([...(levels ?? [])]).toEqual([
    ['1', '2'],
    ['3', '4'],
  ])
  expect(levels?.length).toBe(2)
})

test.each([
  [null, 'expected Levels, came null'],
  [{}, 'expected Levels, came {}'],
  ['x', 'expected Levels, came "x"'],
  [[null], '0: expected [price, quantity], came null'],
  [['12'], '0: expected [price, quantity], came "12"'],
  [[['1']], '0.1: expected Decimal, came nothing'],
  [[[]], '0.0: expected Decimal, came nothing'],
  [[[1, '2']], '0.0: expected Decimal, came 1'],
  [[['1', 2]], '0.1: expected Decimal, came 2'],
  [[['x', 'y']], '0.0: expected Decimal, came "x"'],
  [
    [
      ['1', '2'],
      ['1', '2'],
      ['1', ''],
    ],
    '2.1: expected Decimal, came ""',
  ],
])('%j: %s', (input, reason) => {
  expect(reasonOf(Levels, input)).toBe(reason)
  expect(Levels.fast(input)).toBeUndefined()
})

const decimal = fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => `${a}.${b}`)

property.prop([fc.array(fc.tuple(decimal, decimal))], { seed: 1 })('are read from the text', (levels) => {
  const text = JSON.stringify(levels)
  expect(scanned(Levels, text)).toEqual(whole(levels, text))
  expect(Levels.fast(levels)).toEqual(levels)
})

test.each(['', '[', '[[', '[,]', '[["1"]]', '[["1","2","3"]]', '[["1","2"],]', '[["1","2"]', '[["1","2"];["1","2"]]'])(
  '%s is not read from the text',
  (text) => {
    expect(Levels.scan?.(text, 0)).toBeUndefined()
  },
)

test.each([
  '[[1,"2"]]',
  '[["1",2]]',
  '[["1","2]]',
  '["1","2"]',
  '[{"1":"2"}]',
  '[["1" ,"2"]]',
  '{}',
  'null',
  '[["1";"2"]]',
  '[["1","2"}]',
])('%s is left to others', (text) => {
  expect(scanned(Levels, text)).toBeUndefined()
})
