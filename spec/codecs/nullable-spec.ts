import { Decimal } from '../../lib/codecs/Decimal.js'
import { enumeration } from '../../lib/codecs/Enumeration.js'
import { Finite } from '../../lib/codecs/Finite.js'
import { nullable } from '../../lib/codecs/nullable.js'
import { wire } from '../../lib/codecs/wire.js'
import { reasonOf } from './reasonOf.js'
import { scanned, whole } from './scanned.js'

const MaybePrice = nullable(Decimal)

test('null, or a value', () => {
  for (const value of [null, '1.0']) {
    expect(MaybePrice.decode(value)).toEqual({ _tag: 'Right', right: value })
    expect(MaybePrice.fast(value)).toBe(value)
    expect(MaybePrice.is(value)).toBe(true)
    expect(MaybePrice.encode(value)).toBe(value)
    expect(scanned(MaybePrice, JSON.stringify(value))).toEqual(whole(value, JSON.stringify(value)))
  }
})

test('anything else is refused', () => {
  expect(reasonOf(MaybePrice, 1)).toBe('expected Decimal or null, came 1')
  expect(reasonOf(MaybePrice, undefined)).toBe('expected Decimal or null, came nothing')
  expect(MaybePrice.fast(1)).toBeUndefined()
  expect(MaybePrice.fast(undefined)).toBeUndefined()
  expect(MaybePrice.is(1)).toBe(false)
  expect(scanned(MaybePrice, '1')).toBeUndefined()
  expect(scanned(MaybePrice, 'nul')).toBeUndefined()
})

test('encodes what it holds', () => {
  const Inner = nullable(wire('Inner', undefined, { price: ['p', Decimal] }))
  expect(Inner.encode({ price: '1' })).toEqual({ p: '1' })
  expect(Inner.encode(null)).toBeNull()
})

test('counts unknown values where there can be any', () => {
  const MaybeColour = nullable(enumeration('Colour', ['RED']))
  expect(MaybeColour.unknownValues?.(null)).toHaveLength(0)
  expect(MaybeColour.unknownValues?.('RED')).toHaveLength(0)
  expect(MaybeColour.unknownValues?.('BLUE')).toHaveLength(1)
  expect(MaybePrice.unknownValues).toBeUndefined()
})

test('what has no scan inside has none', () => {
  expect(nullable(Finite).scan).toBeUndefined()
})
