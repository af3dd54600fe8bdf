import { recent, type Recent } from '../market/recent.js'
import type { AccountChange } from './AccountChange.js'
import { accountOrders, type AccountOrders } from './accountOrders.js'
import type { Execution, OrderTrade, OwnTrade } from './Execution.js'
import { isOpen, isWaiting, type Order } from './Order.js'
import type { Wallet } from './Wallet.js'

/** What an account has. */
interface Account {
  readonly wallet: Wallet
  readonly orders: AccountOrders
  readonly trades: Recent<OwnTrade>
  readonly changes: Recent<AccountChange>
}

/** Keeps the orders, fills and wallets of all accounts. */
export interface Ledger {
  readonly account: (name: string) => Account
  /** Notes what an order is now, and says what happened to it; gives the order. */
  readonly execute: (type: Execution['type'], order: Order, trade?: OrderTrade) => Order
  /** The order under this number of a symbol's book. */
  readonly resting: (symbol: string, bookId: number) => Order | undefined
  /** The orders that wait for their triggers, oldest first. */
  readonly waiting: () => readonly Order[]
  readonly isWaiting: (orderId: bigint) => boolean
  /** Notes where a trigger is now, which nobody is told. */
  readonly follow: (order: Order) => void
}

/** So many fills of each account are remembered, and so many changes. */
const REMEMBERED = 1_000

export const ledger = (
  wallet: (account: string, open: () => Iterable<Order>) => Wallet,
  executed: (execution: Execution) => void,
): Ledger => {
  const accounts = new Map<string, Account>()
  /** By symbol and number in the book. */
  const resting = new Map<string, Order>()
  const waiting = new Map<bigint, Order>()
  const placeOf = (symbol: string, bookId: number) => `${symbol} ${bookId}`
  let executions = 0

  const accountOf = (name: string): Account => {
    const known = accounts.get(name)
    if (known !== undefined) return known
    const orders = accountOrders()
    const [trades, changes] = [recent<OwnTrade>(REMEMBERED), recent<AccountChange>(REMEMBERED)]
    const created = { orders, trades, changes, wallet: wallet(name, orders.open) }
    accounts.set(name, created)
    return created
  }

  const put = (order: Order) => {
    const { account, orderId, bookId, instrument } = order
    const { orders } = accountOf(account)
    const before = orders.get(orderId)?.bookId
    // Where its terms are others, it stands at another place.
    if (before !== undefined && before !== bookId) resting.delete(placeOf(instrument.symbol, before))
    orders.put(order)
    if (isWaiting(order)) waiting.set(orderId, order)
    else waiting.delete(orderId)
    if (bookId === undefined) return
    const place = placeOf(instrument.symbol, bookId)
    if (isOpen(order)) resting.set(place, order)
    else resting.delete(place)
  }

  return {
    account: accountOf,
    execute: (type, order, trade) => {
      put(order)
      const account = accountOf(order.account)
      const execution = { id: ++executions, at: order.updatedAt, type, order, wallet: account.wallet }
      if (trade !== undefined) account.trades.add({ ...execution, trade })
      executed({ ...execution, ...(trade && { trade }) })
      return order
    },
    resting: (symbol, bookId) => resting.get(placeOf(symbol, bookId)),
    waiting: () => [...waiting.values()],
    isWaiting: (orderId) => waiting.has(orderId),
    follow: put,
  }
}
