import { BookSide } from '../../lib/book/BookSide.js'
import { compareDecimals } from '../../lib/codecs/compareDecimals.js'
import { Levels, type Level } from '../../lib/codecs/Levels.js'
import { scanAt } from '../codecs/scanned.js'
import { fc, test as prop } from '../property.js'

const textOf = (side: BookSide, depth?: number) =>
  Array.from(side.levels(depth), ({ price, quantity }) => `${price}:${quantity}`)

const set = (side: BookSide, ...levels: readonly Level[]) => {
  side.apply(levels)
}

/** The same as it comes from a frame. */
const read = (levels: readonly Level[]): Levels => scanAt(Levels, JSON.stringify(levels)) ?? levels

/** An ask side with the prices from 1 to `count`. */
const upTo = (count: number): BookSide => {
  const side = new BookSide(1)
  for (let price = 1; price <= count; price++) set(side, [String(price), '1'])
  return side
}

test('sorts asks upwards and bids downwards', () => {
  const asks = new BookSide(1)
  const bids = new BookSide(-1)
  for (const price of ['101', '99.5', '100', '1000', '-3', '0.5']) {
    set(asks, [price, '1'])
    set(bids, [price, '1'])
  }
  expect(textOf(asks)).toEqual(['-3:1', '0.5:1', '99.5:1', '100:1', '101:1', '1000:1'])
  expect(textOf(bids)).toEqual(['1000:1', '101:1', '100:1', '99.5:1', '0.5:1', '-3:1'])
  expect(bids.best).toEqual({ price: '1000', quantity: '1' })
  expect(asks.best).toEqual({ price: '-3', quantity: '1' })
})

test('F29 sets, changes and removes a level; removing one that is not there is normal', () => {
  const side = new BookSide(1)
  set(side, ['100', '1'], ['101', '2'], ['100', '3'])
  expect(textOf(side)).toEqual(['100:3', '101:2'])
  set(side, ['100', '0.000'], ['100', '0'], ['99', '0'], ['102', '0'])
  expect(textOf(side)).toEqual(['101:2'])
  set(side, ['101', '0'])
  expect(textOf(side)).toEqual([])
  expect(side.size).toBe(0)
  expect(side.best).toBeUndefined()
})

test('F29 two texts of one price are one level, with the latest text', () => {
  const side = new BookSide(-1)
  set(side, ['4.00', '1'])
  set(side, ['4.0', '2'])
  expect(textOf(side)).toEqual(['4.0:2'])
  set(side, ['4e0', '3e0'])
  expect(textOf(side)).toEqual(['4e0:3e0'])
  expect(side.quantityAt('4')).toBe('3e0')
  set(side, ['004', '5.'])
  expect(textOf(side)).toEqual(['004:5.'])
  set(side, ['4', '6'])
  expect(textOf(side)).toEqual(['4:6'])
  set(side, ['4e0', '0'])
  expect(textOf(side)).toEqual([])
})

test.each(['0', '0.00', '-0', '00', '0e0'])('F29 %s is the one price of zero', (zero) => {
  for (const direction of [1, -1] as const) {
    const side = new BookSide(direction)
    set(side, ['0', '1'], [zero, '2'])
    expect(textOf(side)).toEqual([`${zero}:2`])
    expect(side.quantityAt('-0.0')).toBe('2')
    set(side, ['0.000', '0'])
    expect(side.size).toBe(0)
  }
})

test('F29 a quantity of zero removes, however it is written, and a tiny one does not', () => {
  for (const zero of ['0', '0.00000000', '00', '-0', '0e-8', `0.${'0'.repeat(398)}`]) {
    const side = new BookSide(1)
    set(side, ['1', '1'], ['1', zero])
    expect([zero, side.size]).toEqual([zero, 0])
  }
  const tiny = `0.${'0'.repeat(390)}1`
  const side = new BookSide(1)
  set(side, ['1', '1'], ['1', tiny], ['2', '1e-99'])
  expect(textOf(side)).toEqual([`1:${tiny}`, '2:1e-99'])
})

test('F29 prices that numbers cannot tell apart are two levels, in their order on both sides', () => {
  const low = '100000000000000000.01'
  const high = '100000000000000000.02'
  const asks = new BookSide(1)
  const bids = new BookSide(-1)
  for (const price of [high, low]) {
    set(asks, [price, '1'])
    set(bids, [price, '2'])
  }
  expect(textOf(asks)).toEqual([`${low}:1`, `${high}:1`])
  expect(textOf(bids)).toEqual([`${high}:2`, `${low}:2`])
  expect([asks.best?.price, bids.best?.price]).toEqual([low, high])
  expect(asks.quantityAt(low)).toBe('1')
  for (const other of ['100000000000000000.001', '100000000000000000.015', '100000000000000000.03'])
    expect(asks.quantityAt(other)).toBeUndefined()
  set(asks, [low, '0'])
  expect(textOf(asks)).toEqual([`${high}:1`])
  expect(asks.best).toEqual({ price: high, quantity: '1' })
  set(asks, ['0.1000000000000000001', '1'], ['0.1', '2'])
  expect(textOf(asks, 2)).toEqual(['0.1:2', '0.1000000000000000001:1'])
  expect(asks.quantityAt('0.10')).toBe('2')
  expect(asks.size).toBe(3)
  set(asks, ['0.1', '0'])
  expect(asks.best).toEqual({ price: '0.1000000000000000001', quantity: '1' })
  set(asks, ['0.10000000000000000010', '3'])
  expect(textOf(asks)).toEqual(['0.10000000000000000010:3', `${high}:1`])
})

test('prices beyond the numbers are levels, too', () => {
  const side = new BookSide(1)
  const small = `0.${'0'.repeat(390)}1`
  const large = '9'.repeat(400)
  set(side, [large, '1'], ['5', '2'], [small, '3'])
  expect(textOf(side)).toEqual([`${small}:3`, '5:2', `${large}:1`])
  set(side, [large, '0'], [small, '0'], ['0', '0'])
  expect(textOf(side)).toEqual(['5:2'])
})

test.each([[(levels: readonly Level[]) => levels], [read]])(
  'the best level is the same object until its price or its quantity changes',
  (how) => {
    const side = new BookSide(1)
    const put = (...level: Level) => {
      side.apply(how([level]))
    }
    expect(side.best).toBeUndefined()
    put('10', '1')
    const first = side.best
    expect(first).toEqual({ price: '10', quantity: '1' })
    put('11', '1')
    expect(side.best).toBe(first)
    put('10', '1')
    expect(side.best).toBe(first)
    put('10', '2')
    expect(side.best).toEqual({ price: '10', quantity: '2' })
    expect(first).toEqual({ price: '10', quantity: '1' })
    put('10', '2.0')
    expect(side.best).toEqual({ price: '10', quantity: '2.0' })
    put('10.0', '2.0')
    expect(side.best).toEqual({ price: '10.0', quantity: '2.0' })
    put('10e0', '2.0')
    expect(side.best).toEqual({ price: '10e0', quantity: '2.0' })
    put('9', '2')
    expect(side.best).toEqual({ price: '9', quantity: '2' })
    put('9', '0')
    put('10', '0')
    put('11', '0')
    expect(side.best).toBeUndefined()
    put('12', '1')
    expect(side.best).toEqual({ price: '12', quantity: '1' })
  },
)

test('a level that was given away can be changed without changing the book', () => {
  const side = new BookSide(1)
  set(side, ['1e0', '2'])
  set(side, ['100000000000000000.01', '2'])
  for (const level of side.levels()) Object.assign(level, { price: '9' })
  expect(textOf(side)).toEqual(['1e0:2', '100000000000000000.01:2'])
})

test('what changes below the best makes no text of it', () => {
  const side = upTo(100)
  const { best } = side
  const texts = jest.spyOn(Number.prototype, 'toFixed')
  set(side, ['2', '5'], ['3', '0'], ['1.5', '1'], ['101', '1'])
  expect(side.best).toBe(best)
  expect(texts).not.toHaveBeenCalled()
  set(side, ['1', '7'])
  expect(side.best).toEqual({ price: '1', quantity: '7' })
  // The text of its price is there already.
  expect(texts).toHaveBeenCalledTimes(1)
  texts.mockRestore()
})

test('the best level has its own text after one that is longer than a number, and in the way of its last change', () => {
  const side = new BookSide(-1)
  set(side, ['10', '1'])
  expect(side.best).toEqual({ price: '10', quantity: '1' })
  set(side, ['10.00000000000000000001', '2'])
  expect(side.best).toEqual({ price: '10.00000000000000000001', quantity: '2' })
  expect(side.bestNumber).toBeNaN()
  set(side, ['10', '3'], ['10.00000000000000000001', '0'])
  expect(side.best).toEqual({ price: '10', quantity: '3' })
  set(side, ['10.00', '3'])
  expect(side.best).toEqual({ price: '10.00', quantity: '3' })
  expect(side.bestNumber).toBe(10)
  set(side, ['10', '0'])
  expect([side.best, side.bestNumber, new BookSide(1).bestNumber]).toEqual([undefined, -Infinity, Infinity])
})

test('takes over what was read from a frame without a text, but for the best that somebody asks for', () => {
  const side = new BookSide(1)
  const levels = read([
    ['3.00', '1.5'],
    ['2.50', '4'],
    ['3.00', '0.0'],
    ['4', '2'],
  ])
  const texts = jest.spyOn(Number.prototype, 'toFixed')
  side.apply(levels)
  expect(texts).not.toHaveBeenCalled()
  expect(side.best).toEqual({ price: '2.50', quantity: '4' })
  expect(texts).toHaveBeenCalledTimes(2)
  texts.mockRestore()
  expect(textOf(side)).toEqual(['2.50:4', '4:2'])
})

test('of 100,000 levels the best can be taken away one after the other', () => {
  const side = upTo(100_000)
  for (let price = 1; price < 100_000; price++) {
    set(side, [String(price), '0'])
    if (side.best?.price !== String(price + 1)) throw new Error(`${side.best?.price} after ${price}`)
  }
  expect(side.size).toBe(1)
})

test('looks up one price', () => {
  const side = upTo(300)
  set(side, ['150', '7'])
  expect(side.quantityAt('150.0')).toBe('7')
  expect(side.quantityAt('1')).toBe('1')
  expect(side.quantityAt('300')).toBe('1')
  expect(side.quantityAt('150.5')).toBeUndefined()
  expect(side.quantityAt('0')).toBeUndefined()
  expect(side.quantityAt('301')).toBeUndefined()
  expect(side.quantityAt('150.00000000000000000001')).toBeUndefined()
  expect(new BookSide(1).quantityAt('1')).toBeUndefined()
})

test('gives as many levels as asked for', () => {
  const side = upTo(1000)
  for (const depth of [0, 1, 2, 33, 64, 65, 130, 255, 256, 257, 900, 1000, 1001])
    expect(textOf(side, depth)).toEqual(Array.from({ length: Math.min(depth, 1000) }, (_, i) => `${i + 1}:1`))
  expect(textOf(side)).toHaveLength(1000)
  expect(side.size).toBe(1000)
})

const digits = fc.integer({ min: 0, max: 40 })
/** Few prices in many spellings, so that they meet; some beyond what numbers tell apart. */
const price = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(digits, fc.nat(4)).map(([n, scale]) => (n / 4).toFixed(2 + scale)) },
  { weight: 1, arbitrary: digits.map((n) => `${n}e-1`) },
  { weight: 1, arbitrary: digits.map((n) => `-${n}`) },
  { weight: 1, arbitrary: digits.map((n) => `00${n}.`.replace(/\.$/, '.50')) },
  { weight: 1, arbitrary: digits.map((n) => `${n}.${'0'.repeat(20)}1`) },
  { weight: 1, arbitrary: digits.map((n) => `10000000000000000${n}`) },
)
const quantity = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('0', '0.000', '0e3', '-0') },
  { weight: 6, arbitrary: fc.tuple(fc.nat(1e9), fc.nat(8)).map(([n, scale]) => (n / 10 ** scale + 1).toFixed(scale)) },
  { weight: 1, arbitrary: fc.constantFrom('1e-8', '12345678901234567890.1', '03') },
)
const isNothing = (text: string) => /^-?[0.]+(e|$)/.test(text)

prop.prop(
  [
    fc.array(fc.array(fc.tuple(price, quantity), { maxLength: 12 }), { maxLength: 60, size: 'max' }),
    fc.constantFrom(1 as const, -1 as const),
    fc.boolean(),
  ],
  { numRuns: 150, seed: 1 },
)('F29 holds what a sorted list holds, text for text', (updates, direction, isRead) => {
  const side = new BookSide(direction)
  let model: readonly Level[] = []
  for (const update of updates) {
    side.apply(isRead ? read(update) : update)
    for (const [text, amount] of update) {
      const others = model.filter(([there]) => compareDecimals(there, text) !== 0)
      model = isNothing(amount) ? others : [...others, [text, amount]]
    }
    model = [...model].sort(([a], [b]) => direction * compareDecimals(a, b))
    const expected = model.map(([a, b]) => `${a}:${b}`)
    expect(side.best && `${side.best.price}:${side.best.quantity}`).toBe(expected[0])
    expect(textOf(side, 5)).toEqual(expected.slice(0, 5))
    expect(textOf(side)).toEqual(expected)
    expect(side.size).toBe(expected.length)
  }
  for (const [text, amount] of model) expect(side.quantityAt(text)).toBe(amount)
})

const change = fc.record({ price: fc.integer({ min: 1, max: 400 }), quantity: fc.nat(3), spare: fc.nat(2) })

prop.prop([fc.array(change, { maxLength: 3000, size: 'max' }), fc.constantFrom(1 as const, -1 as const)], {
  numRuns: 20,
  seed: 1,
})('holds what a sorted map holds', (changes, direction) => {
  const side = new BookSide(direction)
  const model = new Map<number, string>()
  for (const { price: n, quantity: amount, spare } of changes) {
    const text = (n / 4).toFixed(2 + spare)
    side.apply(read([[text, String(amount)]]))
    if (amount === 0) model.delete(n)
    else model.set(n, `${text}:${amount}`)
    // Two bests, to see when more are asked for than are in order.
    if (n % 16 === 0) expect(side.levels(n % 3)).toHaveLength(Math.min(n % 3, model.size))
  }
  const sorted = [...model].sort(([a], [b]) => direction * (a - b)).map(([, level]) => level)
  expect(textOf(side)).toEqual(sorted)
  expect(side.size).toBe(sorted.length)
})

/** A decimal in units of its last digit but `scale`, by its digits alone. */
const unitsOf = (text: string, scale: number): bigint => {
  const [whole = '', fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(scale, '0'))
}
const scaleOf = (text: string): number => text.split('.')[1]?.length ?? 0

describe('levels as whole numbers', () => {
  const decimal = fc
    .tuple(fc.bigInt({ min: 1n, max: 999_999_999_999_999n }), fc.integer({ min: 0, max: 8 }))
    .map(([units, scale]) => {
      const digits = String(units).padStart(scale + 1, '0')
      return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
    })
  const levels = fc.uniqueArray(fc.tuple(decimal, decimal), {
    ...{ minLength: 1, maxLength: 8 },
    selector: ([price]) => unitsOf(price, 8),
  })

  prop.prop([levels, fc.boolean()])('are those of their texts, best first', (given, isAsk) => {
    const side = new BookSide(isAsk ? 1 : -1)
    side.apply(read(given))
    const sorted = given.toSorted(([a], [b]) => (unitsOf(a, 8) < unitsOf(b, 8) === isAsk ? -1 : 1))
    const whole = ({ units, scale }: { readonly units: bigint; readonly scale: number }) =>
      units * 10n ** BigInt(15 - scale)
    expect(side.exactLevels(5).map(({ price, quantity }) => [whole(price), whole(quantity)])).toEqual(
      sorted.slice(0, 5).map(([price, quantity]) => [unitsOf(price, 15), unitsOf(quantity, 15)]),
    )
    const shown = sorted.slice(0, 5)
    const prices = shown.map(([price]) => price)
    const quantities = shown.map(([, quantity]) => quantity)
    const [ofPrices, ofQuantities] = [Math.max(...prices.map(scaleOf)), Math.max(...quantities.map(scaleOf))]
    const plain = {
      prices: prices.map((price) => unitsOf(price, ofPrices)),
      ...{ priceScale: ofPrices, quantities: quantities.map((one) => unitsOf(one, ofQuantities)) },
      quantityScale: ofQuantities,
    }
    const isExact = [...plain.prices, ...plain.quantities].every((units) => units < 10n ** 15n)
    const { prices: found = [], quantities: foundToo = [], ...scales } = side.plainLevels(5) ?? {}
    expect([found.map(BigInt), foundToo.map(BigInt)]).toEqual(isExact ? [plain.prices, plain.quantities] : [[], []])
    expect(scales).toEqual(isExact ? { priceScale: ofPrices, quantityScale: ofQuantities } : {})
  })

  test.each([
    ['999999999999999', '0.1', false],
    ['99999999999999.9', '0.1', true],
    ['100000000000000', '0.1', false],
    ['100000000000000', '1', true],
    ['999999999999999.00', '1', false],
  ])('of %s beside %s there are plain ones: %s', (price, other, isPlain) => {
    const side = new BookSide(1)
    set(side, [price, '1'], [other, '1'])
    expect(side.plainLevels(2) !== undefined).toBe(isPlain)
    expect(side.exactLevels(2)[1]?.price).toEqual({ units: unitsOf(price, scaleOf(price)), scale: scaleOf(price) })
  })
})
