import type { FillInput, FillModel, ModelFill, ShownBook, ShownSide } from '../../../lib/simulation/fills/FillModel.js'
import type { QueueState } from '../../../lib/simulation/fills/fillsBehind.js'
import { queueFills, touchFills, tradeThroughFills } from '../../../lib/simulation/fills/fillModels.js'
import { fc, test } from '../../property.js'
import { naiveQueue } from './naiveQueue.js'

type Levels = Readonly<Record<number, number>>

/** What stands in the book of a test; prices are whole, so that an object's keys are in their order. */
const side = (levels: Levels, isBid: boolean): ShownSide => {
  const all = Object.entries(levels)
    .map(([price, quantity]) => [Number(price), quantity] as const)
    .filter(([, quantity]) => quantity > 0)
  if (isBid) all.reverse()
  return { best: () => all[0]?.[0], levels: () => all, quantityAt: (price) => levels[price] ?? 0 }
}
const book = (bids: Levels, asks: Levels): ShownBook => ({ bids: side(bids, true), asks: side(asks, false) })

const at = (state: QueueState) => state.orders.map(({ id, quantity, ahead }) => [id, quantity, ahead])

/** All fills of a model, and how it ends. */
const run = (model: FillModel<QueueState>, inputs: readonly FillInput[]) => {
  const fills: ModelFill[] = []
  let state = model.start
  for (const input of inputs) {
    const [next, filled] = model.step(state, input)
    state = next
    fills.push(...filled)
  }
  return { fills, state }
}

const shown = book({ 99: 5, 98: 7 }, { 101: 2, 102: 3, 103: 9 })
const synced: FillInput = { _tag: 'Book', book: shown }
const buy = (id: number, price: number, quantity: number): FillInput => ({
  ...{ _tag: 'Order', id, order: { side: 'BUY', price, quantity }, book: shown },
})
const sold = (price: number, quantity: number, isInBook = false): FillInput => ({
  ...{ _tag: 'Trade', trade: { price, quantity, isBuyerMaker: true, isInBook } },
})
const level = (price: number, quantity: number): FillInput => ({ _tag: 'Levels', changes: [['BUY', price, quantity]] })
const maker = (id: number, price: number, quantity: number) => ({ id, price, quantity, isMaker: true })
const taker = (id: number, price: number, quantity: number) => ({ id, price, quantity, isMaker: false })

describe('an order that waits', () => {
  test('is behind what its level showed, and gets what is left of a trade', () => {
    const { fills, state } = run(queueFills, [synced, buy(1, 99, 4), sold(99, 3), sold(99, 3), sold(99, 2)])
    // 5 ahead: 3, then 2 and 1 for the order, then 2.
    expect(fills).toEqual([maker(1, 99, 1), maker(1, 99, 2)])
    expect(at(state)).toEqual([[1, 1, 0]])
  })

  test('has no more ahead than is on its level', () => {
    const { fills, state } = run(queueFills, [synced, buy(1, 99, 4), level(99, 2), level(99, 8), sold(99, 3)])
    expect(fills).toEqual([maker(1, 99, 1)])
    expect(at(state)).toEqual([[1, 3, 0]])
  })

  test('is filled by a trade through its price, at its own price', () => {
    const { fills } = run(queueFills, [synced, buy(1, 99, 4), sold(98, 3), sold(97, 100)])
    expect(fills).toEqual([maker(1, 99, 3), maker(1, 99, 1)])
  })

  test('is not filled by buyers, nor by trades above it', () => {
    const bought: FillInput = { _tag: 'Trade', trade: { price: 99, quantity: 50, isBuyerMaker: false } }
    expect(run(queueFills, [synced, buy(1, 99, 4), bought, sold(100, 50)]).fills).toEqual([])
  })

  test('is not filled once it is cancelled', () => {
    expect(run(queueFills, [synced, buy(1, 99, 4), { _tag: 'Cancel', id: 1 }, sold(90, 9)]).fills).toEqual([])
  })

  test('shares a trade with others of ours, the better price and the older one first', () => {
    const orders = [buy(1, 98, 2), buy(2, 99, 2), buy(3, 99, 2)]
    const { fills, state } = run(touchFills, [synced, ...orders, sold(98, 5)])
    expect(fills).toEqual([maker(2, 99, 2), maker(3, 99, 2), maker(1, 98, 1)])
    expect(at(state)).toEqual([[1, 1, 0]])
  })

  test('is not filled by a trade that its level had in it when it came', () => {
    expect(run(touchFills, [synced, level(99, 5), buy(1, 99, 4), sold(99, 3, true), sold(98, 3, true)]).fills).toEqual(
      [],
    )
  })

  test('counts a trade that its level has in it already from before', () => {
    const before = [synced, buy(1, 99, 4), level(99, 2), sold(99, 3, true)]
    // 5 were ahead, of which 3 are gone, as the level said before.
    expect(run(queueFills, before)).toMatchObject({ fills: [], state: { orders: [{ ahead: 2 }] } })
    expect(run(queueFills, [...before, sold(99, 3)]).fills).toEqual([maker(1, 99, 1)])
  })

  test('goes by what is filled at its price, behind nobody, or behind everybody for ever', () => {
    const inputs = [synced, buy(1, 99, 4), sold(99, 3), level(99, 0), sold(99, 1), sold(98, 9)]
    expect(run(touchFills, inputs).fills).toEqual([maker(1, 99, 3), maker(1, 99, 1)])
    expect(run(queueFills, inputs).fills).toEqual([maker(1, 99, 1), maker(1, 99, 3)])
    expect(run(tradeThroughFills, inputs).fills).toEqual([maker(1, 99, 4)])
  })

  test('counts what is finer than a lot against itself', () => {
    const fine = book({ 99: 2.4 }, {})
    const order: FillInput = { _tag: 'Order', id: 1, order: { side: 'BUY', price: 99, quantity: 4 }, book: fine }
    expect(at(run(queueFills, [{ _tag: 'Book', book: fine }, order]).state)).toEqual([[1, 4, 3]])
    expect(run(touchFills, [{ _tag: 'Book', book: fine }, order, sold(99, 1.9)]).fills).toEqual([maker(1, 99, 1)])
  })
})

describe('an order that takes', () => {
  const order = (id: number, order: Extract<FillInput, { _tag: 'Order' }>['order']): FillInput => ({
    ...{ _tag: 'Order', id, order, book: shown },
  })

  test('sweeps the levels up to its price, and waits with the rest', () => {
    const { fills, state } = run(queueFills, [synced, buy(1, 102, 7)])
    expect(fills).toEqual([taker(1, 101, 2), taker(1, 102, 3)])
    expect(at(state)).toEqual([[1, 2, 0]])
  })

  test('finds what was taken gone until the level changes', () => {
    const change: FillInput = { _tag: 'Levels', changes: [['SELL', 101, 2]] }
    const market = (id: number) => order(id, { side: 'BUY', quantity: 2 })
    const { fills } = run(queueFills, [synced, market(1), market(2), change, market(3)])
    expect(fills).toEqual([taker(1, 101, 2), taker(2, 102, 2), taker(3, 101, 2)])
  })

  test('never waits as IOC, is all or nothing as FOK, and nothing as GTX', () => {
    const of = (timeInForce: 'IOC' | 'FOK' | 'GTX', quantity: number, price = 102) =>
      run(queueFills, [synced, order(1, { side: 'BUY', price, quantity, timeInForce })])
    expect(of('IOC', 9)).toMatchObject({ fills: [taker(1, 101, 2), taker(1, 102, 3)], state: { orders: [] } })
    expect(of('FOK', 6)).toMatchObject({ fills: [], state: { orders: [], taken: new Map() } })
    expect(of('FOK', 5).fills).toHaveLength(2)
    expect(of('GTX', 1)).toMatchObject({ fills: [], state: { orders: [] } })
    expect(of('GTX', 1, 100).state.orders).toHaveLength(1)
  })
})

describe('while the book is not synced', () => {
  const lost: FillInput = { _tag: 'Book', book: undefined }

  test('nothing is filled, and who waited before has no more ahead than the new book shows', () => {
    const again: FillInput = { _tag: 'Book', book: book({ 99: 1 }, {}) }
    const inputs = [synced, buy(1, 99, 4), lost, sold(98, 9), again, sold(99, 2)]
    expect(run(queueFills, inputs).fills).toEqual([maker(1, 99, 1)])
  })

  test('an order waits for it, and takes what it shows; what may only take, or may not, expires', () => {
    const unseen = (id: number, order: object): FillInput => ({
      ...{ _tag: 'Order', id, order: { side: 'BUY', price: 102, quantity: 3, ...order }, book: undefined },
    })
    const orders = [unseen(1, {}), unseen(2, { timeInForce: 'IOC' }), unseen(3, { timeInForce: 'GTX' })]
    const { fills, state } = run(queueFills, [...orders, sold(90, 9), synced])
    expect(fills).toEqual([taker(1, 101, 2), taker(1, 102, 1)])
    expect(state.orders).toEqual([])
  })
})

const small = fc.integer({ min: 1, max: 6 })
const sides = fc.constantFrom('BUY' as const, 'SELL' as const)
const happenings = fc.array(
  fc.oneof(
    fc.record({ what: fc.constant('place' as const), side: sides, price: small, quantity: small }),
    fc.record({
      ...{ what: fc.constant('place' as const), side: sides, price: small, quantity: small },
      timeInForce: fc.constantFrom('IOC' as const, 'FOK' as const, 'GTX' as const),
    }),
    fc.record({ what: fc.constant('market' as const), side: sides, price: small, quantity: small }),
    fc.record({
      what: fc.constantFrom('lose' as const, 'find' as const, 'find' as const, 'find' as const),
      side: sides,
      price: small,
      quantity: small,
    }),
    fc.record({ what: fc.constant('trade' as const), side: sides, price: small, quantity: small }),
    fc.record({ what: fc.constant('level' as const), side: sides, price: small, quantity: fc.nat(6) }),
    fc.record({ what: fc.constant('cancel' as const), side: sides, price: small, quantity: small }),
  ),
  { minLength: 5, maxLength: 60, size: 'max' },
)

/** The same happenings as a model hears them, with the book that they make. */
const inputsOf = (happened: readonly (typeof happenings extends fc.Arbitrary<readonly (infer A)[]> ? A : never)[]) => {
  const levels = { BUY: {} as Record<number, number>, SELL: {} as Record<number, number> }
  let isLost = false
  const now = () => (isLost ? undefined : book({ ...levels.BUY }, { ...levels.SELL }))
  const inputs: FillInput[] = [{ _tag: 'Book', book: now() }]
  happened.forEach(({ what, side, price, quantity, ...terms }, id) => {
    if (what === 'place') inputs.push({ _tag: 'Order', id, order: { side, price, quantity, ...terms }, book: now() })
    if (what === 'market') inputs.push({ _tag: 'Order', id, order: { side, quantity }, book: now() })
    if (what === 'lose' || what === 'find') {
      // A book that is lost is found again as it is by then.
      if (isLost === (what === 'lose')) return
      isLost = what === 'lose'
      inputs.push({ _tag: 'Book', book: now() })
    }
    if (what === 'trade') inputs.push({ _tag: 'Trade', trade: { price, quantity, isBuyerMaker: side === 'BUY' } })
    if (what === 'cancel') inputs.push({ _tag: 'Cancel', id: id - quantity })
    if (what === 'level') {
      levels[side][price] = quantity
      if (!isLost) inputs.push({ _tag: 'Levels', changes: [[side, price, quantity]] })
    }
  })
  return inputs
}

test.prop([happenings], { numRuns: 3_000 })('fills what queues that are written out lot by lot fill', (happened) => {
  const naive = naiveQueue()
  const levels = new Map<string, readonly [side: 'BUY' | 'SELL', price: number, quantity: number]>()
  let isLost = false
  const expected = happened.flatMap(({ what, side, price, quantity, ...terms }, id) => {
    if (what === 'place') return naive.place(id, { side, price, quantity, ...terms })
    if (what === 'market') return naive.place(id, { side, quantity })
    if (what === 'lose') {
      isLost = true
      naive.lose()
      return []
    }
    if (what === 'find') {
      if (!isLost) return []
      isLost = false
      return naive.find([...levels.values()])
    }
    if (what === 'trade') return naive.trade(price, quantity, side === 'BUY')
    if (what === 'cancel') naive.cancel(id - quantity)
    else {
      levels.set(`${side} ${price}`, [side, price, quantity])
      if (!isLost) naive.level(side, price, quantity)
    }
    return []
  })
  const { fills } = run(queueFills, inputsOf(happened))
  expect(fills.flatMap(({ id, price, quantity }) => Array.from({ length: quantity }, () => ({ id, price })))).toEqual(
    expected,
  )
})

test.prop([happenings, fc.constantFrom(queueFills, touchFills, tradeThroughFills)])(
  'never fills more than was traded at the price or better, nor than was ordered',
  (happened, model) => {
    const left = new Map<number, number>()
    let state = model.start
    for (const input of inputsOf(happened)) {
      if (input._tag === 'Order') left.set(input.id, input.order.quantity)
      if (input._tag === 'Cancel') left.delete(input.id)
      const orders = state.orders
      const [next, fills] = model.step(state, input)
      state = next
      let filled = 0
      for (const { id, price, quantity, isMaker } of fills) {
        left.set(id, (left.get(id) ?? 0) - quantity)
        expect(left.get(id)).toBeGreaterThanOrEqual(0)
        if (!isMaker) continue
        filled += quantity
        const order = orders.find((order) => order.id === id)
        expect(order?.price).toBe(price)
        if (input._tag !== 'Trade') throw new Error('only trades fill orders that wait')
        expect(order?.side).toBe(input.trade.isBuyerMaker ? 'BUY' : 'SELL')
        expect(input.trade.isBuyerMaker ? price >= input.trade.price : price <= input.trade.price).toBe(true)
      }
      if (input._tag === 'Trade') expect(filled).toBeLessThanOrEqual(input.trade.quantity)
    }
  },
)

test.prop([happenings, small, small])('one order alone is filled between the bounds', (happened, price, quantity) => {
  const order: FillInput = {
    _tag: 'Order',
    id: -1,
    order: { side: 'BUY', price, quantity },
    book: book({ [price]: 3 }, {}),
  }
  const others = inputsOf(happened.filter(({ what }) => what === 'trade' || what === 'level'))
  const [most, middle, least] = [touchFills, queueFills, tradeThroughFills].map((model) =>
    run(model, [{ _tag: 'Book', book: book({}, {}) }, order, ...others.slice(1)]).fills.reduce(
      (sum, fill) => sum + fill.quantity,
      0,
    ),
  )
  expect(most).toBeGreaterThanOrEqual(middle ?? 0)
  expect(middle).toBeGreaterThanOrEqual(least ?? 0)
})
