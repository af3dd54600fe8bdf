import { Decimal } from '../../lib/codecs/Decimal.js'
import { enumeration } from '../../lib/codecs/Enumeration.js'
import { Finite } from '../../lib/codecs/Finite.js'
import { many } from '../../lib/codecs/many.js'
import { wire } from '../../lib/codecs/wire.js'
import { reasonOf } from './reasonOf.js'
import { scanned, whole } from './scanned.js'

const Item = wire('Item', 'item', { price: ['p', Decimal] })
const Items = many(Item)
const OneOrItems = many(Item, { one: true })

const one = { e: 'item', p: '1' }
const two = { e: 'item', p: '2' }

test.each([
  [[], []],
  [[one], [{ price: '1' }]],
  [
    [one, two],
    [{ price: '1' }, { price: '2' }],
  ],
  [one, [{ price: '1' }]],
])('%j is a list', (input, wanted) => {
  expect(Items.decode(input)).toEqual({ _tag: 'Right', right: wanted })
  expect(Items.fast(input)).toEqual(wanted)
  expect(scanned(Items, JSON.stringify(input))).toEqual(whole(wanted, JSON.stringify(input)))
})

test('is named and knows its item', () => {
  expect(Items.name).toBe('Item[]')
  expect(Items.item).toBe(Item)
  expect(Items.is([{ price: '1' }])).toBe(true)
  expect(Items.is([{ price: 1 }])).toBe(false)
  expect(Items.is({ price: '1' })).toBe(false)
})

test('is written as a list; of one, as the object where the venue does so', () => {
  const [a, b] = [{ price: '1' }, { price: '2' }]
  expect(Items.encode([])).toEqual([])
  expect(Items.encode([a])).toEqual([one])
  expect(Items.encode([a, b])).toEqual([one, two])
  expect(OneOrItems.encode([])).toEqual([])
  expect(OneOrItems.encode([a])).toEqual(one)
  expect(OneOrItems.encode([a, b])).toEqual([one, two])
})

test.each([
  [[one, { e: 'item', p: 1 }], '1.p: expected Decimal, came 1'],
  [[null], '0: expected Item, came null'],
  [{ e: 'item' }, 'p: expected Decimal, came nothing'],
  [null, 'expected Item[], came null'],
  [undefined, 'expected Item[], came nothing'],
  [[{ e: 'x', p: '1' }], '0.e: expected "item", came "x"'],
])('%j: %s', (input, reason) => {
  expect(reasonOf(Items, input)).toBe(reason)
  expect(Items.fast(input)).toBeUndefined()
})

test.each(['[{"e":"item","p":"1"}', '[{"e":"item","p":1}]', '{"e":"item"}', '[{"e":"item","p":"1"},]', '1'])(
  '%s is not read from the text',
  (text) => {
    expect(scanned(Items, text)).toBeUndefined()
  },
)

test('counts the unknown values of all', () => {
  const Colours = many(wire('Coloured', undefined, { colour: ['c', enumeration('Colour', ['RED'])] }))
  expect(Colours.unknownValues?.([])).toHaveLength(0)
  expect(Colours.unknownValues?.([{ colour: 'RED' }, { colour: 'BLUE' }, { colour: 'GREEN' }])).toHaveLength(2)
  expect(Items.unknownValues).toBeUndefined()
})

test('what has no scan inside has none', () => {
  expect(many(Finite).scan).toBeUndefined()
})
