import { BookSide, FEW, MOST } from '../../lib/book/BookSide.js'
import { fc, test as prop } from '../property.js'

const textOf = (side: BookSide, depth?: number) =>
  Array.from(side.levels(depth), ({ price, quantity }) => `${price}:${quantity}`)

const sizes = (side: BookSide) => side.chunks.map(({ size }) => size)

/** An ask side with the prices from 1 to `count`. */
const upTo = (count: number): BookSide => {
  const side = new BookSide(1)
  for (let price = 1; price <= count; price++) side.set([String(price), '1'])
  return side
}

const remove = (side: BookSide, from: number, to: number) => {
  for (let price = from; price <= to; price++) side.set([String(price), '0'])
}

test('sorts asks upwards and bids downwards', () => {
  const asks = new BookSide(1)
  const bids = new BookSide(-1)
  for (const price of ['101', '99.5', '100', '1000', '-3', '0.5']) {
    asks.set([price, '1'])
    bids.set([price, '1'])
  }
  expect(textOf(asks)).toEqual(['-3:1', '0.5:1', '99.5:1', '100:1', '101:1', '1000:1'])
  expect(textOf(bids)).toEqual(['1000:1', '101:1', '100:1', '99.5:1', '0.5:1', '-3:1'])
})

test('F29 sets, changes and removes a level; removing one that is not there is normal', () => {
  const side = new BookSide(1)
  side.set(['100', '1'])
  side.set(['101', '2'])
  side.set(['100', '3'])
  expect(textOf(side)).toEqual(['100:3', '101:2'])
  side.set(['100', '0.000'])
  side.set(['100', '0'])
  side.set(['99', '0'])
  side.set(['102', '0'])
  expect(textOf(side)).toEqual(['101:2'])
  side.set(['101', '0'])
  expect(textOf(side)).toEqual([])
  expect(side.size).toBe(0)
})

test('F29 two texts of one price are one level, with the latest text', () => {
  const side = new BookSide(-1)
  side.set(['4.00', '1'])
  side.set(['4.0', '2'])
  expect(textOf(side)).toEqual(['4.0:2'])
  side.set(['4e0', '0'])
  expect(textOf(side)).toEqual([])
})

test('F29 prices that numbers cannot tell apart are two levels, in their order on both sides', () => {
  const low = '100000000000000000.01'
  const high = '100000000000000000.02'
  const asks = new BookSide(1)
  const bids = new BookSide(-1)
  for (const price of [high, low]) {
    asks.set([price, '1'])
    bids.set([price, '2'])
  }
  expect(textOf(asks)).toEqual([`${low}:1`, `${high}:1`])
  expect(textOf(bids)).toEqual([`${high}:2`, `${low}:2`])
  expect(asks.quantityAt(low)).toBe('1')
  expect(asks.quantityAt('100000000000000000.03')).toBeUndefined()
  asks.set([low, '0'])
  expect(textOf(asks)).toEqual([`${high}:1`])
  asks.set(['0.1000000000000000001', '1'])
  asks.set(['0.1', '2'])
  expect(textOf(asks, 2)).toEqual(['0.1:2', '0.1000000000000000001:1'])
  expect(asks.quantityAt('0.10')).toBe('2')
})

test('the best level is the same object until its price or its quantity changes', () => {
  const side = new BookSide(1)
  expect(side.best).toBeUndefined()
  side.set(['10', '1'])
  const first = side.best
  expect(first).toEqual({ price: '10', quantity: '1' })
  side.set(['11', '1'])
  expect(side.best).toBe(first)
  side.set(['10', '2'])
  expect(side.best).toEqual({ price: '10', quantity: '2' })
  expect(first).toEqual({ price: '10', quantity: '1' })
  side.set(['9', '2'])
  expect(side.best).toEqual({ price: '9', quantity: '2' })
  side.set(['9', '0'])
  side.set(['10', '0'])
  side.set(['11', '0'])
  expect(side.best).toBeUndefined()
})

test('looks up one price', () => {
  const side = upTo(300)
  side.set(['150', '7'])
  expect(side.quantityAt('150.0')).toBe('7')
  expect(side.quantityAt('1')).toBe('1')
  expect(side.quantityAt('300')).toBe('1')
  expect(side.quantityAt('150.5')).toBeUndefined()
  expect(side.quantityAt('0')).toBeUndefined()
  expect(side.quantityAt('301')).toBeUndefined()
  expect(new BookSide(1).quantityAt('1')).toBeUndefined()
})

test('gives as many levels as asked for', () => {
  const side = upTo(200)
  expect(textOf(side, 0)).toEqual([])
  expect(textOf(side, 2)).toEqual(['1:1', '2:1'])
  expect(textOf(side, 130).slice(-2)).toEqual(['129:1', '130:1'])
  expect(textOf(side, 201)).toHaveLength(200)
  expect(textOf(side)).toHaveLength(200)
  expect(side.size).toBe(200)
})

const HALF = MOST / 2

test('a chunk that has more than the most splits in the middle', () => {
  expect(sizes(upTo(MOST))).toEqual([MOST])
  expect(sizes(upTo(MOST + 1))).toEqual([HALF, HALF + 1])
  const side = upTo(MOST)
  side.set(['0.5', '1'])
  expect(sizes(side)).toEqual([HALF, HALF + 1])
  expect(textOf(side, 2)).toEqual(['0.5:1', '1:1'])
  expect(sizes(upTo(5000)).every((size) => size <= MOST)).toBe(true)
})

test('a price between two chunks goes to the later one', () => {
  const side = upTo(MOST + 1)
  side.set([`${HALF}.5`, '1'])
  expect(sizes(side)).toEqual([HALF, HALF + 2])
})

test('a level at the end of a chunk is found', () => {
  const side = upTo(500)
  for (const { levels } of side.chunks) side.set([levels.at(-1)?.[0] ?? '', '5'])
  expect(side.size).toBe(500)
  expect(textOf(side).filter((text) => text.endsWith(':5'))).toHaveLength(side.chunks.length)
})

test('a chunk of few levels joins the next one, where both have room in one', () => {
  const side = upTo(MOST + 1)
  remove(side, MOST + 1, MOST + 1)
  remove(side, 1, HALF - FEW)
  expect(sizes(side)).toEqual([FEW, HALF])
  remove(side, HALF, HALF)
  expect(sizes(side)).toEqual([FEW - 1 + HALF])
  const left = [...textOf(upTo(HALF - 1)).slice(HALF - FEW), ...textOf(upTo(MOST)).slice(HALF)]
  expect(textOf(side)).toEqual(left)
})

test('a chunk of few levels waits until the next one has room', () => {
  const side = upTo(MOST + 1)
  const room = FEW - 2
  for (let i = HALF + 1; i < MOST - room; i++) side.set([String(1000 + i), '1'])
  expect(sizes(side)).toEqual([HALF, MOST - room])
  remove(side, 1, HALF - FEW + 1)
  expect(sizes(side)).toEqual([FEW - 1, MOST - room])
  remove(side, HALF, HALF)
  // Together they have just the most.
  expect(sizes(side)).toEqual([MOST])
})

test('an emptied last chunk takes new levels', () => {
  const side = upTo(MOST + 1)
  remove(side, HALF + 1, MOST + 1)
  expect(sizes(side)).toEqual([HALF, 0])
  side.set(['1000', '2'])
  expect(sizes(side)).toEqual([HALF, 1])
  expect(textOf(side).at(-1)).toBe('1000:2')
  expect(side.quantityAt('1001')).toBeUndefined()
})

test('a first chunk that loses all its levels is gone', () => {
  const side = upTo(1000)
  remove(side, 1, 900)
  expect(side.best).toEqual({ price: '901', quantity: '1' })
  expect(sizes(side).slice(0, -1)).not.toContain(0)
})

const change = fc.record({ price: fc.integer({ min: 1, max: 400 }), quantity: fc.nat(3), spare: fc.nat(2) })

prop.prop([fc.array(change, { maxLength: 3000, size: 'max' }), fc.constantFrom(1 as const, -1 as const)], {
  numRuns: 20,
  seed: 1,
})('holds what a sorted map holds', (changes, direction) => {
  const side = new BookSide(direction)
  const model = new Map<number, string>()
  for (const { price, quantity, spare } of changes) {
    const text = (price / 4).toFixed(2 + spare)
    side.set([text, String(quantity)])
    if (quantity === 0) model.delete(price)
    else model.set(price, `${text}:${quantity}`)
  }
  const sorted = [...model].sort(([a], [b]) => direction * (a - b)).map(([, level]) => level)
  expect(textOf(side)).toEqual(sorted)
  expect(side.size).toBe(sorted.length)
  expect(sizes(side).every((size) => size <= MOST)).toBe(true)
  expect(sizes(side).slice(0, -1)).not.toContain(0)
})
