import { futuresWallet } from '../../../lib/simulation/exchange/futuresWallet.js'
import type { OrderRequest } from '../../../lib/simulation/exchange/Order.js'
import type { OrderEntry } from '../../../lib/simulation/exchange/orderEntry.js'
import { spotWallet } from '../../../lib/simulation/exchange/spotWallet.js'
import type { Trigger } from '../../../lib/simulation/exchange/Trigger.js'
import { limit, one, pit, SYMBOL } from './pit.js'

const rich = { USDT: 1_000n * one, BTC: 10n * one }

/** Somebody buys and sells one lot at this price, so that it is the last one. */
const trade = (entry: OrderEntry, price: number, lots = 1) => {
  entry.place('b', SYMBOL, limit('SELL', lots, price))
  entry.place('c', SYMBOL, limit('BUY', lots, price))
}

const stop = (side: 'BUY' | 'SELL', quantity: number, trigger: Trigger, price?: number): OrderRequest => ({
  ...{ side, type: 'STOP', timeInForce: 'GTC', quantity, isReduceOnly: false, trigger },
  ...(price !== undefined && { price }),
})
const told = (executions: ReturnType<typeof pit>['executions'], account = 'a') =>
  executions.filter(({ order }) => order.account === account).map(({ type, order }) => [type, order.status])

describe('spot', () => {
  test('an order waits, and is in the book from the price on that sets it off', () => {
    const { entry, executions, book } = pit(rich, spotWallet)
    trade(entry, 1_000)
    expect(entry.place('a', SYMBOL, stop('SELL', 50, { to: 'fall', by: 'last', price: 990 }, 985))).toMatchObject({
      status: 'NEW',
    })
    expect(book.asks.quantityAt(985)).toBe(0)
    // What it will give is held back from the beginning.
    expect(entry.wallet('a').balances()[1]).toMatchObject({ asset: 'BTC', locked: 5_000_000n })
    trade(entry, 991)
    expect(book.asks.quantityAt(985)).toBe(0)
    trade(entry, 990)
    expect(book.asks.quantityAt(985)).toBe(50)
    entry.place('b', SYMBOL, limit('BUY', 50, 985))
    expect(told(executions)).toEqual([
      ['NEW', 'NEW'],
      ['NEW', 'NEW'],
      ['TRADE', 'FILLED'],
    ])
    expect(entry.wallet('a').balances()[1]).toMatchObject({ free: 10n * one - 5_000_000n, locked: 0n })
  })

  test('one that is cancelled before is gone, and gives back what it held', () => {
    const { entry, executions } = pit(rich, spotWallet)
    trade(entry, 1_000)
    entry.place('a', SYMBOL, { ...stop('BUY', 50, { to: 'rise', by: 'last', price: 1_010 }), clientOrderId: 'mine' })
    expect(entry.wallet('a').balances()[0]).toMatchObject({ asset: 'USDT', locked: 505_000_000n })
    expect(entry.cancel('a', SYMBOL, { clientOrderId: 'mine' })).toMatchObject({ status: 'CANCELED', filled: 0 })
    expect(entry.wallet('a').balances()[0]).toMatchObject({ free: 1_000n * one, locked: 0n })
    trade(entry, 1_020)
    expect(told(executions)).toEqual([
      ['NEW', 'NEW'],
      ['CANCELED', 'CANCELED'],
    ])
  })

  test('what would be set off at once is refused', () => {
    const { entry } = pit(rich, spotWallet)
    trade(entry, 1_000)
    for (const trigger of [
      { to: 'rise', by: 'last', price: 1_000 },
      { to: 'fall', by: 'last', price: 1_000 },
      { to: 'fall', by: 'last', trailing: { rate: 0.01, activation: 1_000 } },
    ] as const)
      expect(entry.place('a', SYMBOL, stop('SELL', 1, trigger))).toEqual({ refusal: 'triggers' })
    expect(entry.orders('a')).toEqual([])
  })

  test('what cannot be paid when it is set off expires', () => {
    const { entry, executions } = pit({ USDT: 6n * one, BTC: one }, spotWallet)
    trade(entry, 1_000)
    entry.place('a', SYMBOL, stop('BUY', 59, { to: 'rise', by: 'last', price: 1_010 }))
    entry.place('b', SYMBOL, limit('SELL', 100, 1_100))
    trade(entry, 1_010)
    expect(told(executions)).toEqual([
      ['NEW', 'NEW'],
      ['EXPIRED', 'EXPIRED'],
    ])
    expect(entry.wallet('a').balances()[0]).toMatchObject({ free: 6n * one, locked: 0n })
  })

  test('one sets off the next', () => {
    const { entry } = pit(rich, spotWallet)
    trade(entry, 1_000)
    for (const price of [980, 970, 960]) entry.place('b', SYMBOL, limit('BUY', 10, price))
    entry.place('a', SYMBOL, stop('SELL', 11, { to: 'fall', by: 'last', price: 990 }))
    entry.place('d', SYMBOL, stop('SELL', 10, { to: 'fall', by: 'last', price: 970 }))
    trade(entry, 990)
    expect([...entry.orders('a'), ...entry.orders('d')].map(({ status, amount }) => [status, amount])).toEqual([
      ['FILLED', 10 * 980 + 970],
      ['FILLED', 9 * 970 + 960],
    ])
  })
})

describe('futures', () => {
  const held = (lots: number) => {
    const made = pit(rich, futuresWallet)
    made.entry.place('b', SYMBOL, limit('SELL', lots, 1_000))
    made.entry.place('a', SYMBOL, limit('BUY', lots, 1_000))
    made.entry.place('b', SYMBOL, limit('BUY', 1_000, 900))
    return made
  }
  const closing = {
    ...stop('SELL', 0, { to: 'fall', by: 'last', price: 990 }),
    isReduceOnly: true,
    isCloseAll: true,
  } as const

  test('a whole position is closed, however large it is by then', () => {
    const { entry } = held(50)
    const locked = () => entry.wallet('a').balances()[0]?.locked
    const before = locked()
    entry.place('a', SYMBOL, closing)
    expect(locked()).toBe(before)
    entry.place('b', SYMBOL, limit('SELL', 20, 1_000))
    entry.place('a', SYMBOL, limit('BUY', 20, 1_000))
    trade(entry, 990)
    expect(entry.orders('a').at(0)).toMatchObject({ status: 'FILLED' })
    expect(entry.orders('a')[1]).toMatchObject({ status: 'FILLED', quantity: 70, isCloseAll: true })
    expect(entry.wallet('a').holdings()).toMatchObject([{ lots: 0 }])
  })

  test('where there is nothing to close it expires', () => {
    const { entry } = held(50)
    entry.place('a', SYMBOL, closing)
    entry.place('a', SYMBOL, { ...limit('SELL', 50, 900), isReduceOnly: true })
    trade(entry, 990)
    expect(entry.orders('a')[1]).toMatchObject({ status: 'EXPIRED', filled: 0 })
  })

  test('an order that may only reduce goes when there is less to reduce', () => {
    const { entry, book } = held(50)
    entry.place('a', SYMBOL, { ...limit('SELL', 30, 1_010), isReduceOnly: true })
    entry.place('a', SYMBOL, { ...limit('SELL', 20, 900), isReduceOnly: true })
    expect(book.asks.quantityAt(1_010)).toBe(30)
    entry.place('a', SYMBOL, { ...limit('SELL', 1, 900), isReduceOnly: true })
    expect(book.asks.quantityAt(1_010)).toBe(0)
    expect(entry.orders('a').map(({ status }) => status)).toEqual(['FILLED', 'EXPIRED', 'FILLED', 'FILLED'])
  })

  test('the mark is the middle between the best prices', () => {
    const { entry } = held(10)
    entry.place('b', SYMBOL, limit('SELL', 10, 1_100))
    // The last trade was at 1000, and so is the middle.
    expect(entry.place('a', SYMBOL, stop('SELL', 5, { to: 'fall', by: 'mark', price: 999 }))).toMatchObject({
      status: 'NEW',
    })
    entry.place('b', SYMBOL, limit('SELL', 10, 990))
    trade(entry, 990)
    expect(entry.orders('a').at(-1)).toMatchObject({ status: 'FILLED' })
  })
})

describe('other terms', () => {
  test('an order goes to its new price, behind those that wait there', () => {
    const { entry, executions, book } = pit(rich, spotWallet)
    entry.place('b', SYMBOL, limit('BUY', 5, 990))
    entry.place('a', SYMBOL, { ...limit('BUY', 10, 980), clientOrderId: 'mine' })
    const mine = { clientOrderId: 'mine' }
    expect(entry.amend('a', SYMBOL, mine, { price: 990, quantity: 8 })).toMatchObject({
      price: 990,
      quantity: 8,
      status: 'NEW',
    })
    expect([book.bids.quantityAt(980), book.bids.quantityAt(990)]).toEqual([0, 13])
    expect(entry.wallet('a').balances()[0]).toMatchObject({ locked: BigInt(8 * 990) * 10_000n })
    entry.place('c', SYMBOL, limit('SELL', 6, 990))
    expect(entry.find('a', SYMBOL, mine)).toMatchObject({ filled: 1, status: 'PARTIALLY_FILLED' })
    expect(told(executions).map(([type]) => type)).toEqual(['NEW', 'AMENDMENT', 'TRADE'])
    // No more than is filled: that ends it.
    expect(entry.amend('a', SYMBOL, mine, { price: 990, quantity: 1 })).toMatchObject({ status: 'CANCELED', filled: 1 })
    expect(entry.amend('a', SYMBOL, mine, { price: 991, quantity: 9 })).toEqual({ refusal: 'noSuchOrder' })
  })

  test('what is refused stays as it is', () => {
    const { entry, book } = pit({ USDT: 10n * one, BTC: 0n }, spotWallet)
    entry.place('a', SYMBOL, { ...limit('BUY', 100, 900), clientOrderId: 'mine' })
    const amend = (price: number, quantity: number) =>
      entry.amend('a', SYMBOL, { clientOrderId: 'mine' }, { price, quantity })
    expect(amend(900, 100)).toEqual({ refusal: 'sameOrder' })
    expect(amend(1_001, 100)).toEqual({ refusal: 'insufficient' })
    expect(amend(900, 1_000_001)).toEqual({ refusal: 'quantityTooHigh' })
    expect(book.bids.quantityAt(900)).toBe(100)
    expect(amend(1_000, 100)).toMatchObject({ price: 1_000 })
  })

  test('one that must not take is cancelled where it would', () => {
    const { entry } = pit(rich, spotWallet)
    entry.place('b', SYMBOL, limit('SELL', 5, 1_000))
    entry.place('a', SYMBOL, { ...limit('BUY', 10, 990), timeInForce: 'GTX', clientOrderId: 'mine' })
    expect(entry.amend('a', SYMBOL, { clientOrderId: 'mine' }, { price: 1_000, quantity: 10 })).toMatchObject({
      ...{ status: 'CANCELED', filled: 0 },
    })
  })
})

test('what may not take, or must be whole, is refused by venues that do so, and else expires', () => {
  const { entry } = pit(rich, spotWallet, { refusedTimes: { GTX: 'takes', FOK: 'unfillable' } })
  entry.place('b', SYMBOL, limit('SELL', 40, 900))
  expect(entry.place('a', SYMBOL, { ...limit('BUY', 1, 900), timeInForce: 'GTX' })).toEqual({ refusal: 'takes' })
  expect(entry.place('a', SYMBOL, { ...limit('BUY', 41, 900), timeInForce: 'FOK' })).toEqual({ refusal: 'unfillable' })
  expect(entry.place('a', SYMBOL, { ...limit('BUY', 1, 899), timeInForce: 'GTX' })).toMatchObject({ status: 'NEW' })
  expect(entry.place('a', SYMBOL, { ...limit('BUY', 40, 900), timeInForce: 'FOK' })).toMatchObject({ status: 'FILLED' })
  expect(entry.orders('a')).toHaveLength(2)
})
