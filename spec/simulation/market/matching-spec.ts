import { matching, type Matching, type NewOrder } from '../../../lib/simulation/market/matching.js'
import { fc, test as property } from '../../property.js'

const buy = (quantity: number, price?: number): NewOrder => order('BUY', quantity, price)
const sell = (quantity: number, price?: number): NewOrder => order('SELL', quantity, price)
const order = (side: 'BUY' | 'SELL', quantity: number, price?: number): NewOrder =>
  price === undefined ? { side, quantity } : { side, quantity, price }

const sides = ({ bids, asks }: Matching) => ({ bids: [...bids.levels()], asks: [...asks.levels()] })

test('orders wait, best first', () => {
  const book = matching()
  for (const price of [100, 102, 101, 99]) book.submit(buy(1, price))
  for (const price of [105, 103, 104, 106]) book.submit(sell(2, price))
  expect(sides(book)).toEqual({
    bids: [
      [102, 1],
      [101, 1],
      [100, 1],
      [99, 1],
    ],
    asks: [
      [103, 2],
      [104, 2],
      [105, 2],
      [106, 2],
    ],
  })
  expect([book.bids.best(), book.asks.best(), book.bids.quantityAt(101), book.bids.quantityAt(5)]).toEqual([
    102, 103, 1, 0,
  ])
})

test('a new order says what it did', () => {
  const book = matching()
  expect(book.submit(buy(3, 100))).toEqual({
    orderId: 1,
    fills: [],
    resting: { id: 1, side: 'BUY', price: 100, quantity: 3 },
    touched: [['BUY', 100]],
  })
  expect(book.submit(sell(1))).toEqual({
    orderId: 2,
    fills: [{ price: 100, quantity: 1, makerId: 1, takerId: 2, isBuyerMaker: true }],
    touched: [['BUY', 100]],
  })
  expect(sides(book)).toEqual({ bids: [[100, 2]], asks: [] })
})

test('the best price first, then the oldest order', () => {
  const book = matching()
  book.submit(sell(1, 102))
  book.submit(sell(1, 101))
  book.submit(sell(2, 101))
  const { fills, touched, resting } = book.submit(buy(4, 102))
  expect(fills.map(({ price, quantity, makerId }) => [price, quantity, makerId])).toEqual([
    [101, 1, 2],
    [101, 2, 3],
    [102, 1, 1],
  ])
  expect(fills.every(({ isBuyerMaker }) => !isBuyerMaker)).toBe(true)
  expect(touched).toEqual([
    ['SELL', 101],
    ['SELL', 102],
  ])
  expect(resting).toBeUndefined()
  expect(sides(book)).toEqual({ bids: [], asks: [] })
})

test('what is filled in part keeps its place', () => {
  const book = matching()
  book.submit(buy(5, 100))
  book.submit(buy(5, 100))
  book.submit(sell(2))
  expect(book.submit(sell(4)).fills.map(({ makerId, quantity }) => [makerId, quantity])).toEqual([
    [1, 3],
    [2, 1],
  ])
  expect(sides(book).bids).toEqual([[100, 4]])
})

test('a limit stops at its price, and the rest waits there', () => {
  const book = matching()
  book.submit(sell(1, 101))
  book.submit(sell(1, 103))
  const { fills, touched, resting } = book.submit(buy(5, 102))
  expect(fills).toHaveLength(1)
  expect(resting).toEqual({ id: 3, side: 'BUY', price: 102, quantity: 4 })
  expect(touched).toEqual([
    ['SELL', 101],
    ['BUY', 102],
  ])
  const other = book.submit(sell(9, 102))
  expect(other.fills.map(({ quantity }) => quantity)).toEqual([4])
  expect(sides(book)).toEqual({
    bids: [],
    asks: [
      [102, 5],
      [103, 1],
    ],
  })
})

test('without a price the rest is forgotten', () => {
  const book = matching()
  expect(book.submit(buy(5))).toEqual({ orderId: 1, fills: [], touched: [] })
  book.submit(sell(1, 101))
  expect(book.submit(buy(5)).fills).toHaveLength(1)
  expect(sides(book)).toEqual({ bids: [], asks: [] })
})

test('cancelling', () => {
  const book = matching()
  book.submit(buy(5, 100))
  book.submit(buy(4, 100))
  expect(book.cancel(1)).toEqual({ orderId: 1, fills: [], touched: [['BUY', 100]] })
  expect(sides(book).bids).toEqual([[100, 4]])
  expect(book.cancel(1)).toBeUndefined()
  expect(book.cancel(9)).toBeUndefined()
  book.submit(sell(4))
  expect(book.cancel(2)).toBeUndefined()
})

const anOrder = fc.record(
  {
    side: fc.constantFrom('BUY' as const, 'SELL' as const),
    quantity: fc.integer({ min: 1, max: 9 }),
    price: fc.integer({ min: 90, max: 110 }),
  },
  { requiredKeys: ['side', 'quantity'] },
)

property.prop([fc.array(fc.oneof(anOrder, fc.nat(40)))], { seed: 1 })(
  'nothing is lost or made, and no book is crossed',
  (actions) => {
    const book = matching()
    const waiting = new Map<number, number>()
    for (const action of actions) {
      if (typeof action === 'number') {
        expect(book.cancel(action) !== undefined).toBe(waiting.delete(action))
        continue
      }
      const { price, ...rest } = action
      const { orderId, fills, resting } = book.submit(price === undefined ? rest : { ...rest, price })
      let open = action.quantity
      for (const { makerId, quantity } of fills) {
        open -= quantity
        const left = (waiting.get(makerId) ?? 0) - quantity
        expect(left).toBeGreaterThanOrEqual(0)
        if (left === 0) waiting.delete(makerId)
        else waiting.set(makerId, left)
      }
      expect(open).toBeGreaterThanOrEqual(0)
      expect(resting?.quantity).toBe(price === undefined || open === 0 ? undefined : open)
      if (resting !== undefined) waiting.set(orderId, open)
      const { bids, asks } = sides(book)
      const total = [...bids, ...asks].reduce((sum, [, quantity]) => sum + quantity, 0)
      expect(total).toBe([...waiting.values()].reduce((sum, quantity) => sum + quantity, 0))
      expect(bids.map(([at]) => at)).toEqual(bids.map(([at]) => at).toSorted((a, b) => b - a))
      expect(asks.map(([at]) => at)).toEqual(asks.map(([at]) => at).toSorted((a, b) => a - b))
      expect((bids[0]?.[0] ?? -Infinity) < (asks[0]?.[0] ?? Infinity)).toBe(true)
    }
  },
)

describe('time in force', () => {
  const offered = () => {
    const book = matching()
    book.submit(sell(2, 101))
    book.submit(sell(3, 102))
    return book
  }
  const bought = (quantity: number, price: number, timeInForce: 'IOC' | 'FOK' | 'GTX') => {
    const book = offered()
    const { fills, resting, touched } = book.submit({ side: 'BUY', quantity, price, timeInForce })
    return { filled: fills.map((fill) => fill.quantity), resting: resting?.quantity, touched, bids: sides(book).bids }
  }

  test.each([
    [9, 101, [2]],
    [4, 102, [2, 2]],
    [4, 100, []],
  ])('IOC: %s at %s takes what there is, and the rest does not wait', (quantity, price, filled) => {
    expect(bought(quantity, price, 'IOC')).toMatchObject({ filled, resting: undefined, bids: [] })
  })

  test.each([
    [5, 102, [2, 3]],
    [6, 102, []],
    [3, 101, []],
  ])('FOK: %s at %s is all or nothing', (quantity, price, filled) => {
    const outcome = bought(quantity, price, 'FOK')
    expect(outcome).toMatchObject({ filled, resting: undefined, bids: [] })
    expect(outcome.touched).toHaveLength(filled.length)
  })

  test('GTX waits, or does nothing', () => {
    expect(bought(4, 100, 'GTX')).toMatchObject({ filled: [], resting: 4, bids: [[100, 4]] })
    expect(bought(4, 101, 'GTX')).toEqual({ filled: [], resting: undefined, touched: [], bids: [] })
  })
})

test('what goes before an order: better prices, and who came earlier', () => {
  const book = matching()
  for (const [quantity, price] of [
    [1, 100],
    [2, 101],
    [4, 101],
    [8, 102],
  ] as const)
    book.submit(sell(quantity, price))
  expect([1, 2, 3, 4, 5].map(book.before)).toEqual([0, 1, 3, 7, undefined])
  book.submit(buy(2))
  expect([1, 2, 3, 4].map(book.before)).toEqual([undefined, 0, 1, 5])
  book.submit(buy(3, 90))
  book.submit(buy(5, 95))
  expect(book.before(6)).toBe(5)
})
