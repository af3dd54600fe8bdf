import * as t from 'io-ts'
import { Decimal } from '../../lib/codecs/Decimal.js'
import { enumeration } from '../../lib/codecs/Enumeration.js'
import { Finite } from '../../lib/codecs/Finite.js'
import { Flag } from '../../lib/codecs/Flag.js'
import { Id } from '../../lib/codecs/Id.js'
import { many } from '../../lib/codecs/many.js'
import { nullable } from '../../lib/codecs/nullable.js'
import { Text } from '../../lib/codecs/Text.js'
import { wire } from '../../lib/codecs/wire.js'
import { reasonOf } from './reasonOf.js'
import { scanAt, scanned, whole } from './scanned.js'
import { fc, test as property } from '../property.js'

const Colour = enumeration('Colour', ['RED'])
const Inner = wire('Inner', undefined, { colour: ['c', Colour], note: ['n?', Text] })
const Whole = wire('Whole', 'whole', {
  id: ['i', Id],
  price: ['p|price', Decimal],
  isNew: ['new?', Flag],
  owner: ['o', nullable(Text)],
  inner: ['in', Inner],
  list: ['l?', many(Inner)],
})

const payload = { e: 'whole', i: 1, p: '4.00', new: true, o: null, in: { c: 'RED', n: 'x' }, l: [{ c: 'BLUE' }] }
const event = {
  id: 1,
  price: '4.00',
  isNew: true,
  owner: null,
  inner: { colour: 'RED', note: 'x' },
  list: [{ colour: 'BLUE' }],
}

test('renames both ways', () => {
  expect(Whole.decode(payload)).toEqual({ _tag: 'Right', right: event })
  expect(Whole.fast(payload)).toStrictEqual(event)
  expect(Whole.encode(event)).toStrictEqual(payload)
  expect(scanned(Whole, JSON.stringify(payload))).toEqual(whole(event, JSON.stringify(payload)))
})

test('what may be missing is left out, not undefined', () => {
  const less = { e: 'whole', i: 1, p: '4.00', o: null, in: { c: 'RED', n: 'x' } }
  const lessEvent = { id: 1, price: '4.00', owner: null, inner: { colour: 'RED', note: 'x' } }
  expect(Whole.fast(less)).toStrictEqual(lessEvent)
  expect(Whole.decode(less)).toStrictEqual({ _tag: 'Right', right: lessEvent })
  expect(Whole.encode(lessEvent)).toStrictEqual(less)
  expect(scanned(Whole, JSON.stringify(less))?.value).toStrictEqual(lessEvent)
})

test('a second name of a key is read, and written as the first', () => {
  const { p, ...rest } = payload
  const aliased = { ...rest, price: p }
  expect(Whole.fast(aliased)).toEqual(event)
  expect(Whole.decode(aliased)).toEqual({ _tag: 'Right', right: event })
  expect(scanned(Whole, JSON.stringify(aliased))?.value).toEqual(event)
  expect(reasonOf(Whole, { ...rest, price: 1 })).toBe('price: expected Decimal, came 1')
})

test('says its name, its tag and its fields', () => {
  expect(Whole.name).toBe('Whole')
  expect(Whole.tag).toBe('whole')
  expect(Inner.tag).toBeUndefined()
  expect(
    Whole.fields.map(({ name, key, alias, optional, supplied }) => [name, key, alias, optional, supplied]),
  ).toEqual([
    ['id', 'i', undefined, false, false],
    ['price', 'p', 'price', false, false],
    ['isNew', 'new', undefined, true, false],
    ['owner', 'o', undefined, false, false],
    ['inner', 'in', undefined, false, false],
    ['list', 'l', undefined, true, false],
  ])
})

test('a tag that may be missing is always written', () => {
  const Maybe = wire('Maybe', 'maybe?', { id: ['i', Id] })
  expect(Maybe.tag).toBe('maybe')
  expect(Maybe.fast({ i: 1 })).toEqual({ id: 1 })
  expect(Maybe.fast({ e: 'maybe', i: 1 })).toEqual({ id: 1 })
  expect(Maybe.fast({ e: 'other', i: 1 })).toBeUndefined()
  expect(Maybe.fast({ e: null, i: 1 })).toBeUndefined()
  expect(Maybe.decode({ i: 1 })).toEqual({ _tag: 'Right', right: { id: 1 } })
  expect(Maybe.encode({ id: 1 })).toEqual({ e: 'maybe', i: 1 })
  expect(reasonOf(Maybe, { e: 'other', i: 1 })).toBe('e: expected "maybe", came "other"')
  expect(scanned(Maybe, '{"i":1}')?.value).toEqual({ id: 1 })
  expect(scanned(Maybe, '{"e":"other","i":1}')).toBeUndefined()
})

test('what is supplied is read, and never written', () => {
  const Bare = wire('Bare', undefined, { symbol: ['s', Text, 'supplied'], id: ['i', Id] })
  expect(Bare.fast({ s: 'BTCUSDT', i: 1 })).toEqual({ symbol: 'BTCUSDT', id: 1 })
  expect(Bare.encode({ symbol: 'BTCUSDT', id: 1 })).toEqual({ i: 1 })
  expect(scanAt(Bare, '{"i":1}', 0, 'BTCUSDT')).toEqual({ symbol: 'BTCUSDT', id: 1 })
  expect(scanAt(Bare, '{"i":1}')).toBeUndefined()
  expect(Bare.fields[0]?.supplied).toBe(true)
})

test.each([
  [null, 'expected Whole, came null'],
  [[], 'expected Whole, came []'],
  ['x', 'expected Whole, came "x"'],
  [{ ...payload, e: 'hole' }, 'e: expected "whole", came "hole"'],
  [{ ...payload, e: undefined }, 'e: expected "whole", came nothing'],
  [{ ...payload, i: 'x1' }, 'i: expected Id, came "x1"'],
  [{ ...payload, p: 4 }, 'p: expected Decimal, came 4'],
  [{ ...payload, o: 1 }, 'o: expected string or null, came 1'],
  [{ ...payload, o: undefined }, 'o: expected string or null, came nothing'],
  [{ ...payload, in: null }, 'in: expected Inner, came null'],
  [{ ...payload, in: {} }, 'in.c: expected Colour, came nothing'],
  [{ ...payload, in: { c: 'RED', n: 1 } }, 'in.n: expected string, came 1'],
  [{ ...payload, l: [{ c: 'RED' }, { c: 1 }] }, 'l.1.c: expected Colour, came 1'],
  [{ ...payload, l: true }, 'l: expected Inner[], came true'],
])('%j: %s', (input, reason) => {
  expect(reasonOf(Whole, input)).toBe(reason)
  expect(Whole.fast(input)).toBeUndefined()
  expect(scanned(Whole, JSON.stringify(input))).toBeUndefined()
})

test('all that is wrong is reported, in the order of the table', () => {
  const result = Whole.decode({ e: 'x', i: 'x1', in: {} })
  const paths = result._tag === 'Left' ? result.left.map(({ context }) => context.map(({ key }) => key).join('.')) : []
  expect(paths).toEqual(['.e', '.i', '.p', '.o', '.in.c'])
})

test('is knows an event', () => {
  expect(Whole.is(event)).toBe(true)
  expect(Whole.is({ ...event, id: '1' })).toBe(false)
  expect(Whole.is({ ...event, isNew: undefined })).toBe(true)
  expect(Whole.is({ ...event, isNew: 1 })).toBe(false)
  expect(Whole.is({ ...event, price: undefined })).toBe(false)
  expect(Whole.is(null)).toBe(false)
  expect(Whole.is([])).toBe(false)
})

test('counts what is not listed, wherever it stands', () => {
  expect(Whole.unknownValues?.(event)).toHaveLength(1)
  expect(Whole.unknownValues?.({ ...event, inner: { colour: 'GREEN' } })).toHaveLength(2)
  expect(Whole.unknownValues?.({ id: 1, price: '1', owner: null, inner: { colour: 'RED' } })).toHaveLength(0)
  expect(wire('Plain', undefined, { id: ['i', Id] }).unknownValues).toBeUndefined()
})

test('nothing is compiled before the first event', () => {
  const make = Function
  let compiled = 0
  globalThis.Function = new Proxy(make, {
    construct: (target, source: string[]) => {
      compiled++
      return new target(...source)
    },
  })
  try {
    const Lazy = wire('Lazy', undefined, { id: ['i', Id] })
    expect(compiled).toBe(0)
    expect([Lazy.fast({ i: 1 }), Lazy.fast({ i: 2 }), compiled]).toEqual([{ id: 1 }, { id: 2 }, 1])
    expect([scanAt(Lazy, '{"i":1}'), scanAt(Lazy, '{"i":2}'), compiled]).toEqual([{ id: 1 }, { id: 2 }, 2])
  } finally {
    globalThis.Function = make
  }
})

test('a table with a field that nobody can scan has no scan', () => {
  expect(wire('Slow', undefined, { id: ['i', Id], ratio: ['r', Finite] }).scan).toBeUndefined()
})

test('keys that the table does not name are passed over, plain ones on the short way', () => {
  const text = JSON.stringify(payload)
  const extra = (more: string) => scanned(Whole, text.replace('{', `{${more},`))
  for (const plain of ['"z":"x"', '"z":1', '"z":-5', '"z":true', '"z":false', '"z":null', '"ex":"y"', '"":1', '"ne":1'])
    expect(extra(plain)?.value).toEqual(event)
  for (const other of ['"z":1.5', '"z":[]', '"z":{}', '"z":"\\n"', '"\\u007a":1', '"z" :1', ' "z":1', 'z:1'])
    expect(extra(other)).toBeUndefined()
})

test.each(['{}', '{', '', '[]', '{"e":"whole"}', '{"e":"whole",}', '{"e":"whole" }', '{"e":1}'])(
  '%s is not scanned',
  (text) => {
    expect(scanned(Whole, text)).toBeUndefined()
  },
)

test('a wire is a codec of io-ts like any other', () => {
  const Pair = t.tuple([Whole, Whole])
  expect(Pair.decode([payload, payload])).toEqual({ _tag: 'Right', right: [event, event] })
})

describe('where the host forbids generated source', () => {
  const make = Function
  afterEach(() => {
    globalThis.Function = make
  })

  test('events are decoded the long way, and the same', () => {
    globalThis.Function = new Proxy(make, {
      construct: () => {
        throw new EvalError('Code generation from strings disallowed for this context')
      },
    })
    const Slow = wire('Slow', 'slow', { id: ['i', Id], price: ['p?', Decimal] })
    expect(Slow.fast({ e: 'slow', i: 1 })).toStrictEqual({ id: 1 })
    expect(Slow.fast({ e: 'slow', i: 1, p: '2' })).toStrictEqual({ id: 1, price: '2' })
    expect(Slow.fast({ e: 'slow', i: 'x1' })).toBeUndefined()
    expect(scanAt(Slow, '{"e":"slow","i":1}')).toBeUndefined()
  })

  test('any other error is nobody’s to hide', () => {
    globalThis.Function = new Proxy(make, {
      construct: () => {
        throw new SyntaxError('made wrong')
      },
    })
    const Bad = wire('Bad', undefined, { id: ['i', Id] })
    expect(() => Bad.fast({ i: 1 })).toThrow(new SyntaxError('made wrong'))
    expect(() => scanAt(Bad, '{"i":1}')).toThrow(new SyntaxError('made wrong'))
  })
})

const anEvent = fc.record(
  {
    id: fc.maxSafeInteger(),
    price: fc.tuple(fc.integer(), fc.nat()).map(([a, b]) => `${a}.${b}`),
    isNew: fc.boolean(),
    owner: fc.option(fc.string()),
    inner: fc.record({ colour: fc.string(), note: fc.string() }, { requiredKeys: ['colour'] }),
    list: fc.array(fc.record({ colour: fc.string() })),
  },
  { requiredKeys: ['id', 'price', 'owner', 'inner'] },
)

property.prop([anEvent], { seed: 1 })('what is written is read again', (made) => {
  const written = Whole.encode(made)
  expect(Whole.decode(written)).toEqual({ _tag: 'Right', right: made })
  expect(Whole.fast(JSON.parse(JSON.stringify(written)))).toEqual(made)
  const text = JSON.stringify(written)
  const short = scanned(Whole, text)
  if (!text.includes('\\')) expect(short).toEqual(whole(made, text))
})

test('F74 null is no value of an optional field', () => {
  const without = { ...payload, new: undefined }
  expect(Whole.decode({ ...payload, new: null })).toEqual(Whole.decode(without))
  expect(Whole.fast({ ...payload, new: null })).toEqual(Whole.fast(without))
})
