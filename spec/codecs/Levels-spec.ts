import assert from 'node:assert'
import { inspect } from 'node:util'
import { Levels, type Level } from '../../lib/codecs/Levels.js'
import { reasonOf } from './reasonOf.js'
import { scanAt, scanned, whole } from './scanned.js'
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

const plain = fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => `${a}.${b}`)
/** More digits than a number has, signs and zeros that it would lose. */
const odd = fc.stringMatching(/^-?0{0,2}\d{1,22}(\.\d{1,22})?$/)

property.prop([fc.array(fc.tuple(plain, plain))], { seed: 1 })('are read from the text', (levels) => {
  const text = JSON.stringify(levels)
  expect(scanned(Levels, text)).toEqual(whole(levels, text))
  expect(Levels.fast(levels)).toEqual(levels)
})

property.prop([fc.array(fc.tuple(fc.oneof(plain, odd), fc.oneof(plain, odd)), { maxLength: 6 })], { numRuns: 500 })(
  'whatever their decimals, they are to the letter what JSON.parse and decode give',
  (levels) => {
    const text = JSON.stringify(levels)
    const read = scanned(Levels, text)
    expect(read?.end).toBe(text.length)
    expect([...(read?.value as Levels)]).toEqual(JSON.parse(text))
    expect(Levels.decode(JSON.parse(text))).toEqual({ _tag: 'Right', right: levels })
  },
)

/** Levels as an event has them. */
const read = (text: string): Levels => {
  const levels = scanAt(Levels, text)
  if (levels === undefined) throw new Error(`${text} is not read`)
  return levels
}

const text = '[["61686.00","2.290"],["61685.90","0.000"]]'
const array: readonly Level[] = [
  ['61686.00', '2.290'],
  ['61685.90', '0.000'],
]

test('what was read from a text spreads, prints, serialises, encodes and compares as the array it stands for', () => {
  const levels = read(text)
  expect(levels).toHaveLength(2)
  assert.deepStrictEqual([...levels], array)
  assert.deepStrictEqual([...levels], array)
  expect(inspect({ bids: levels })).toBe(inspect({ bids: array }))
  expect(JSON.stringify({ bids: levels })).toBe(JSON.stringify({ bids: array }))
  assert.deepStrictEqual(Levels.encode(levels), array)
  assert.deepStrictEqual(Levels.encode(array), array)
  expect(Levels.is(levels)).toBe(true)
  expect(Levels.is(array)).toBe(true)
  expect(Levels.is(new Set(array))).toBe(false)
  expect({ bids: levels }).toEqual({ bids: array })
  expect({ bids: array }).toEqual({ bids: levels })
  expect(levels).not.toEqual([array[0]])
  expect(levels).not.toEqual({ bids: array })
})

test('the levels of two events are equal where their texts are, whoever compares them', () => {
  assert.deepStrictEqual(read(text), read(` ${text}`.trim()))
  for (const other of ['[]', '[["61686.00","2.290"]]', text.replace('2.290', '2.29'), text.replace('2.290', '2.291')]) {
    assert.notDeepStrictEqual(read(text), read(other))
    expect(read(text)).not.toEqual(read(other))
  }
})

test('levels without a number that gives their texts back are an array from the beginning', () => {
  const odd = '[["61686.00","2.290"],["-1","00.5"]]'
  assert.deepStrictEqual(read(odd), JSON.parse(odd))
})

test('more levels than any venue sends in one list are read all the same', () => {
  const many = Array.from({ length: 20_001 }, (_, i) => [`${i}.5`, '1'])
  for (const levels of [many.slice(0, 20_000), many]) expect([...read(JSON.stringify(levels))]).toEqual(levels)
})

test.each(['', '[', '[[', '[,]', '[["1"]]', '[["1","2","3"]]', '[["1","2"],]', '[["1","2"]', '[["1","2"];["1","2"]]'])(
  '%s is not read from the text',
  (text) => {
    expect(scanAt(Levels, text)).toBeUndefined()
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
  '[["1";"2"]]',
  '[["1":"2"]]',
  '[["1","2"]}',
  '[["1","2"],["3","4"]}',
  '[["1","2"],[3,"4"]]',
  '[["1","2"],{"3":"4"}]',
  '[["1",,"2"]]',
  '[["1"x,"2"]]',
  '[["1x","2"]]',
  '[["1","2x"]]',
  '[["1",2"]]',
  '[1","2"]]',
])('%s is left to others', (text) => {
  expect(scanned(Levels, text)).toBeUndefined()
})
