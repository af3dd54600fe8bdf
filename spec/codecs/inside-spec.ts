import { Decimal } from '../../lib/codecs/Decimal.js'
import { inside } from '../../lib/codecs/inside.js'
import { many } from '../../lib/codecs/many.js'
import { wire } from '../../lib/codecs/wire.js'
import { reasonOf } from './reasonOf.js'

const Price = wire('Price', undefined, { price: ['p', Decimal] })
const One = inside('data', Price)
const List = inside('data', inside('orders', many(Price)))

test('what stands there is read, and nothing else is looked at', () => {
  const one = { code: 0, msg: 'x', data: { p: '1.50', more: true } }
  expect(One.decode(one)).toEqual({ _tag: 'Right', right: { price: '1.50' } })
  expect(One.fast(one)).toEqual({ price: '1.50' })
  expect(One.encode({ price: '1.50' })).toEqual({ data: { p: '1.50' } })
  const list = { data: { orders: [{ p: '1' }, { p: '2' }], total: 2 } }
  expect(List.decode(list)).toEqual({ _tag: 'Right', right: [{ price: '1' }, { price: '2' }] })
  expect(List.fast(list)).toEqual([{ price: '1' }, { price: '2' }])
  expect(List.decode(List.encode([{ price: '1' }]))).toEqual({ _tag: 'Right', right: [{ price: '1' }] })
})

test.each([
  [One, null],
  [One, 'data'],
  [One, []],
  [One, {}],
  [One, { data: null }],
  [One, { data: { p: 'much' } }],
  [One, { p: '1' }],
  [List, { data: [] }],
  [List, { data: { orders: [{ p: '1' }, {}] } }],
])('%#: %j is none', (codec, input) => {
  expect(codec.fast(input)).toBeUndefined()
  expect(codec.decode(input)._tag).toBe('Left')
})

test('a refusal says where it stands', () => {
  const result = List.decode({ data: { orders: [{ p: '1' }, { p: 'much' }] } })
  const [error] = result._tag === 'Left' ? result.left : []
  expect(error?.context.map(({ key }) => key).filter((key) => key !== '')).toEqual(['data', 'orders', '1', 'p'])
  expect(reasonOf(One, { data: { p: 'much' } })).toBe('data.p: expected Decimal, came "much"')
})
