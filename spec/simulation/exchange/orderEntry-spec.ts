import { futuresWallet } from '../../../lib/simulation/exchange/futuresWallet.js'
import { isRefusal } from '../../../lib/simulation/exchange/Refusal.js'
import { spotWallet } from '../../../lib/simulation/exchange/spotWallet.js'
import { fc, test as property } from '../../property.js'
import { limit, one, pit, SYMBOL } from './pit.js'

describe('one order after another', () => {
  const rich = { USDT: 1_000n * one, BTC: 10n * one }

  test('what an open order holds, a fill moves and a cancellation frees', () => {
    const { entry } = pit(rich, spotWallet)
    const balances = (account: string) =>
      entry
        .wallet(account)
        .balances()
        .map(({ asset, free, locked }) => [asset, free, locked])
    const order = entry.place('a', SYMBOL, limit('BUY', 100, 1_000))
    // 0.1 for 100.
    expect(balances('a')).toEqual([
      ['USDT', 990n * one, 10n * one],
      ['BTC', 10n * one, 0n],
    ])
    entry.place('b', SYMBOL, limit('SELL', 40, 900))
    expect(balances('a')).toEqual([
      ['USDT', 990n * one, 6n * one],
      ['BTC', 10n * one + 4_000_000n - 800n, 0n],
    ])
    expect(balances('b')).toEqual([
      ['USDT', 1_004n * one - 280_000n, 0n],
      ['BTC', 10n * one - 4_000_000n, 0n],
    ])
    expect(entry.cancel('a', SYMBOL, { orderId: '7' })).toMatchObject({ status: 'CANCELED', filled: 40 })
    expect(balances('a')[0]).toEqual(['USDT', 996n * one, 0n])
    expect(order).toMatchObject({ orderId: 7n, status: 'NEW' })
    expect(entry.cancel('a', SYMBOL, { orderId: '7' })).toEqual({ refusal: 'unknownOrder' })
  })

  test('what is better than the limit is not kept', () => {
    const { entry } = pit(rich, spotWallet)
    entry.place('b', SYMBOL, limit('SELL', 100, 900))
    expect(entry.place('a', SYMBOL, limit('BUY', 100, 1_000))).toMatchObject({ status: 'FILLED', amount: 90_000 })
    expect(entry.wallet('a').balances()[0]).toEqual({ asset: 'USDT', free: 991n * one, locked: 0n })
  })

  test('who has not enough is refused, whatever the kind of order', () => {
    const { entry } = pit({ USDT: 10n * one, BTC: one }, spotWallet)
    const insufficient = { refusal: 'insufficient' }
    expect(entry.place('a', SYMBOL, limit('BUY', 101, 1_000))).toEqual(insufficient)
    expect(entry.place('a', SYMBOL, limit('SELL', 1_001, 1_000))).toEqual(insufficient)
    entry.place('a', SYMBOL, limit('BUY', 60, 1_000))
    expect(entry.place('a', SYMBOL, limit('BUY', 41, 1_000))).toEqual(insufficient)
    entry.place('b', SYMBOL, limit('SELL', 500, 1_100))
    const market = { side: 'BUY', type: 'MARKET', timeInForce: 'GTC', quantity: 50, isReduceOnly: false } as const
    expect(entry.place('a', SYMBOL, market)).toEqual(insufficient)
    expect(entry.place('a', SYMBOL, { ...market, quantity: 0, cost: 3n * one })).toMatchObject({
      status: 'FILLED',
      quantity: 27,
    })
  })

  test('what does not wait expires, after what it took', () => {
    const { entry, executions } = pit(rich, spotWallet)
    entry.place('b', SYMBOL, limit('SELL', 40, 900))
    executions.length = 0
    expect(entry.place('a', SYMBOL, { ...limit('BUY', 100, 900), timeInForce: 'IOC' })).toMatchObject({
      status: 'EXPIRED',
      filled: 40,
    })
    expect(executions.map(({ type, order }) => [type, order.account, order.status])).toEqual([
      ['NEW', 'a', 'NEW'],
      ['TRADE', 'b', 'FILLED'],
      ['TRADE', 'a', 'PARTIALLY_FILLED'],
      ['EXPIRED', 'a', 'EXPIRED'],
    ])
    entry.place('b', SYMBOL, limit('SELL', 40, 900))
    for (const timeInForce of ['FOK', 'GTX'] as const)
      expect(entry.place('a', SYMBOL, { ...limit('BUY', 100, 900), timeInForce })).toMatchObject({
        status: 'EXPIRED',
        filled: 0,
      })
  })

  test('futures: margin, profit when it is realised, and closing needs none', () => {
    const { entry } = pit({ USDT: 10n * one }, futuresWallet)
    const wallet = () => entry.wallet('a').balances()[0]
    // 1.9 × 100 at a twentieth.
    entry.place('a', SYMBOL, limit('BUY', 1_900, 1_000))
    expect(wallet()).toEqual({ asset: 'USDT', free: 50_000_000n, locked: 950_000_000n })
    expect(entry.place('a', SYMBOL, limit('BUY', 101, 1_000))).toEqual({ refusal: 'insufficient' })
    entry.place('b', SYMBOL, limit('SELL', 1_900, 1_000))
    // Less 0.02 % of 190.
    expect(wallet()).toEqual({ asset: 'USDT', free: 50_000_000n - 3_800_000n, locked: 950_000_000n })
    expect(entry.place('a', SYMBOL, { ...limit('SELL', 1_901, 1_010), isReduceOnly: true })).toEqual({
      refusal: 'reduceOnly',
    })
    entry.place('a', SYMBOL, { ...limit('SELL', 1_900, 1_010), isReduceOnly: true })
    entry.place('c', SYMBOL, limit('BUY', 1_900, 1_010))
    // Profit of 1.9, less 0.02 % of 191.9.
    expect(wallet()).toEqual({ asset: 'USDT', free: 10n * one - 3_800_000n + 190_000_000n - 3_838_000n, locked: 0n })
    expect(entry.wallet('a').holdings()).toMatchObject([{ lots: 0, cost: 0n, realized: 190_000_000n }])
  })

  test('a client’s id is taken while its order is open', () => {
    const { entry } = pit(rich, spotWallet)
    const named = { ...limit('BUY', 1, 1_000), clientOrderId: 'mine' }
    entry.place('a', SYMBOL, named)
    expect(entry.place('a', SYMBOL, named)).toEqual({ refusal: 'duplicate' })
    expect(entry.place('b', SYMBOL, named)).toMatchObject({ status: 'NEW' })
    entry.cancel('a', SYMBOL, { clientOrderId: 'mine' })
    expect(entry.place('a', SYMBOL, named)).toMatchObject({ status: 'NEW' })
    expect(entry.find('a', SYMBOL, { clientOrderId: 'mine' })).toMatchObject({ status: 'NEW' })
    expect(entry.cancelAll('a', undefined)).toHaveLength(1)
    expect(entry.orders('a', SYMBOL).map(({ status }) => status)).toEqual(['CANCELED', 'CANCELED'])
  })

  test('somebody takes an order, and what goes before it', () => {
    const { entry, executions } = pit(rich, spotWallet)
    entry.place('b', SYMBOL, limit('BUY', 30, 1_000))
    const order = entry.place('a', SYMBOL, limit('BUY', 100, 1_000))
    if (isRefusal(order)) throw new TypeError('expected an order')
    entry.fill(order, 10)
    expect(executions.slice(2).map(({ order: { account, filled, status } }) => [account, filled, status])).toEqual([
      ['b', 30, 'FILLED'],
      ['a', 10, 'PARTIALLY_FILLED'],
    ])
  })

  test('a thousand orders that are closed are remembered', () => {
    const { entry } = pit(rich, spotWallet)
    entry.place('a', SYMBOL, limit('BUY', 1, 1))
    for (let i = 0; i < 1_002; i++) entry.place('a', SYMBOL, { ...limit('BUY', 1, 1), timeInForce: 'IOC' })
    const orders = entry.orders('a')
    expect([orders.length, orders[0]?.status, orders[1]?.orderId]).toEqual([1_001, 'NEW', 10n])
  })
})

const anOrder = fc.record({
  account: fc.constantFrom('a', 'b', 'c'),
  side: fc.constantFrom('BUY' as const, 'SELL' as const),
  quantity: fc.integer({ min: 1, max: 60 }),
  price: fc.option(fc.integer({ min: 990, max: 1_010 }), { nil: undefined }),
  timeInForce: fc.constantFrom('GTC' as const, 'IOC' as const, 'FOK' as const, 'GTX' as const),
})
const aCancel = fc.record({ account: fc.constantFrom('a', 'b', 'c'), cancel: fc.integer({ min: 7, max: 40 }) })

const sum = (amounts: readonly bigint[]) => amounts.reduce((all, amount) => all + amount, 0n)

property.prop(
  [
    fc.constantFrom(spotWallet, futuresWallet),
    fc.array(fc.oneof({ weight: 4, arbitrary: anOrder }, { weight: 1, arbitrary: aCancel }), { minLength: 1 }),
  ],
  { seed: 1 },
)('money is neither made nor lost, and every fill has two sides', (kind, actions) => {
  const start = { USDT: 20n * one, BTC: one / 5n }
  const { entry, book, executions, trades } = pit(start, kind)
  const names = ['a', 'b', 'c']
  for (const { account, ...action } of actions) {
    if ('cancel' in action) entry.cancel(account, SYMBOL, { orderId: String(action.cancel) })
    else {
      const { price, ...rest } = action
      const type = price === undefined ? 'MARKET' : 'LIMIT'
      entry.place(account, SYMBOL, { ...rest, type, isReduceOnly: false, ...(price !== undefined && { price }) })
    }
    const traded = executions.flatMap(({ trade }) => (trade === undefined ? [] : [trade]))
    expect(traded).toHaveLength(2 * trades())
    const balances = names.flatMap((name) => entry.wallet(name).balances())
    const holdings = names.flatMap((name) => entry.wallet(name).holdings())
    // What positions cost is not realised yet: it is what the accounts owe each other.
    const owed = sum(holdings.map(({ lots, cost }) => (lots < 0 ? -cost : cost)))
    for (const asset of ['USDT', 'BTC'] as const) {
      const own = sum(balances.flatMap((each) => (each.asset === asset ? [each.free + each.locked] : [])))
      const paid = sum(traded.flatMap((each) => (each.commissionAsset === asset ? [each.commission] : [])))
      expect(own + paid - (asset === 'USDT' ? owed : 0n)).toBe(3n * start[asset])
    }
    expect(holdings.reduce((all, { lots }) => all + lots, 0)).toBe(0)
    if (kind === spotWallet)
      for (const { free, locked } of balances) expect([free >= 0n, locked >= 0n]).toEqual([true, true])
    for (const name of names)
      for (const order of entry.orders(name)) {
        const fills = executions.flatMap(({ order: { orderId }, trade }) =>
          orderId === order.orderId && trade !== undefined ? [trade.quantity] : [],
        )
        expect(fills.reduce((all, each) => all + each, 0)).toBe(order.filled)
      }
    expect((book.bids.best() ?? -Infinity) < (book.asks.best() ?? Infinity)).toBe(true)
  }
})
