import { futuresWallet } from '../../../lib/simulation/exchange/futuresWallet.js'
import { isOpen, openLots, type OrderRequest } from '../../../lib/simulation/exchange/Order.js'
import { spotWallet } from '../../../lib/simulation/exchange/spotWallet.js'
import type { Trigger } from '../../../lib/simulation/exchange/Trigger.js'
import { fc, test as property } from '../../property.js'
import { one, pit, SYMBOL } from './pit.js'

/** What is true whatever kinds of orders meet. */

const names = ['a', 'b', 'c'] as const
const aName = fc.constantFrom(...names)
const aPrice = fc.integer({ min: 990, max: 1_010 })
const aTrigger: fc.Arbitrary<Trigger> = fc
  .record({
    to: fc.constantFrom('rise' as const, 'fall' as const),
    by: fc.constantFrom('last' as const, 'mark' as const),
    price: aPrice,
    trails: fc.boolean(),
  })
  .map(({ trails, price, ...rest }) => (trails ? { ...rest, trailing: { rate: 0.002 } } : { ...rest, price }))

const anOrder = fc
  .record({
    side: fc.constantFrom('BUY' as const, 'SELL' as const),
    quantity: fc.integer({ min: 1, max: 60 }),
    price: fc.option(aPrice, { nil: undefined }),
    timeInForce: fc.constantFrom('GTC' as const, 'IOC' as const, 'FOK' as const, 'GTX' as const),
    trigger: fc.option(aTrigger, { nil: undefined }),
    isReduceOnly: fc.boolean(),
    isCloseAll: fc.boolean(),
  })
  .map(({ price, trigger, isCloseAll, ...rest }): OrderRequest => {
    const closes = isCloseAll && trigger !== undefined
    return {
      ...{ ...rest, type: price === undefined ? 'MARKET' : 'LIMIT', ...(trigger && { trigger }) },
      ...(price !== undefined && !closes && { price }),
      ...(closes && { quantity: 0, isReduceOnly: true, isCloseAll: true as const }),
    }
  })

const anAction = fc.oneof(
  { weight: 6, arbitrary: fc.record({ account: aName, place: anOrder }) },
  { weight: 1, arbitrary: fc.record({ account: aName, cancel: fc.integer({ min: 7, max: 40 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      account: aName,
      amend: fc.integer({ min: 7, max: 40 }),
      terms: fc.record({ price: aPrice, quantity: fc.integer({ min: 1, max: 60 }) }),
    }),
  },
)

const sum = (amounts: readonly bigint[]) => amounts.reduce((all, amount) => all + amount, 0n)
const start = { USDT: 20n * one, BTC: one / 5n }

/** Carries the actions out one after the other, and looks at all of it after each. */
const carriedOut = (
  kind: typeof spotWallet,
  actions: readonly (typeof anAction extends fc.Arbitrary<infer A> ? A : never)[],
  isApart: boolean,
) => {
  const made = pit(start, kind, { refusedTimes: { GTX: 'takes' } })
  const { entry, book, executions, trades } = made
  if (isApart) for (const name of names) entry.wallet(name).margin?.keepApart(true)
  const look = () => {
    const traded = executions.flatMap(({ trade }) => (trade === undefined ? [] : [trade]))
    expect(traded).toHaveLength(2 * trades())
    const balances = names.flatMap((name) => entry.wallet(name).balances())
    const holdings = names.flatMap((name) => entry.wallet(name).holdings())
    const owed = sum(holdings.map(({ lots, cost }) => (lots < 0 ? -cost : cost)))
    for (const asset of ['USDT', 'BTC'] as const) {
      const own = sum(balances.flatMap((each) => (each.asset === asset ? [each.free + each.locked] : [])))
      const paid = sum(traded.flatMap((each) => (each.commissionAsset === asset ? [each.commission] : [])))
      expect(own + paid - (asset === 'USDT' ? owed : 0n)).toBe(3n * start[asset])
    }
    expect(holdings.reduce((all, { lots }) => all + lots, 0)).toBe(0)
    if (kind === spotWallet)
      for (const { free, locked } of balances) expect([free >= 0n, locked >= 0n]).toEqual([true, true])
    for (const { positionSide, lots } of holdings) {
      if (positionSide === 'LONG') expect(lots).toBeGreaterThanOrEqual(0)
      if (positionSide === 'SHORT') expect(lots).toBeLessThanOrEqual(0)
    }
    // What rests in the book is what accounts have open there, level by level.
    const open = names.flatMap((name) => entry.orders(name).filter(isOpen))
    for (const order of open) expect(openLots(order)).toBeGreaterThanOrEqual(order.isCloseAll ? 0 : 1)
    for (const [side, of] of [
      ['BUY', book.bids],
      ['SELL', book.asks],
    ] as const) {
      const resting = open.filter((order) => order.side === side && order.bookId !== undefined)
      const lots = [...of.levels()].reduce((all, [, quantity]) => all + quantity, 0)
      expect(resting.reduce((all, order) => all + openLots(order), 0)).toBe(lots)
    }
    expect((book.bids.best() ?? -Infinity) < (book.asks.best() ?? Infinity)).toBe(true)
    // Nothing waits for a price that was the last one; before the first trade there is none.
    if (trades() === 0) return
    for (const { trigger, bookId } of open)
      if (bookId === undefined && trigger?.by === 'last' && trigger.price !== undefined && !trigger.trailing)
        expect(trigger.to === 'rise' ? entry.last(SYMBOL) < trigger.price : entry.last(SYMBOL) > trigger.price).toBe(
          true,
        )
  }
  for (const { account, ...action } of actions) {
    if ('cancel' in action) entry.cancel(account, SYMBOL, { orderId: String(action.cancel) })
    else if ('amend' in action) entry.amend(account, SYMBOL, { orderId: String(action.amend) }, action.terms)
    else {
      const { side, isReduceOnly, isCloseAll } = action.place
      const opens = (side === 'BUY') === isReduceOnly ? ('SHORT' as const) : ('LONG' as const)
      const apart = { positionSide: opens, isReduceOnly: isCloseAll === true }
      entry.place(account, SYMBOL, { ...action.place, ...(isApart && apart) })
    }
    look()
  }
  return made
}

property.prop([fc.constantFrom(spotWallet, futuresWallet), fc.array(anAction, { minLength: 1, maxLength: 60 })], {
  seed: 3,
})('money is neither made nor lost, and the book is what accounts have open', (kind, actions) => {
  carriedOut(kind, actions, false)
})

property.prop([fc.array(anAction, { minLength: 1, maxLength: 60 })], { seed: 4 })(
  'long and short positions that are kept apart never change sides',
  (actions) => {
    carriedOut(futuresWallet, actions, true)
  },
)

property.prop([fc.array(anAction, { minLength: 1, maxLength: 60 })], { seed: 5 })(
  'what only reduces never opens a position on the other side',
  (actions) => {
    const { executions } = carriedOut(futuresWallet, actions, false)
    const positions = new Map<string, number>()
    for (const { order, trade } of executions) {
      if (trade === undefined) continue
      const before = positions.get(order.account) ?? 0
      const after = before + (order.side === 'BUY' ? trade.quantity : -trade.quantity)
      positions.set(order.account, after)
      if (order.isReduceOnly) expect([Math.sign(after), 0]).toContain(after === 0 ? 0 : Math.sign(before))
      if (order.isReduceOnly) expect(Math.abs(after)).toBeLessThan(Math.abs(before))
    }
  },
)
