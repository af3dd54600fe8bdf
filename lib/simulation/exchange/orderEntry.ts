import type { Acted } from '../market/marketData.js'
import type { TradedBook } from '../market/matching.js'
import type { Action } from '../market/orderFlow.js'
import type { Publication } from '../market/Publication.js'
import { recent, type Recent } from '../market/recent.js'
import type { NumberedFill } from '../market/tradeLog.js'
import { lotsOf, refusalOf } from './acceptance.js'
import { accountOrders, type AccountOrders } from './accountOrders.js'
import type { Execution, OrderTrade, OwnTrade } from './Execution.js'
import type { Instrument } from './Instrument.js'
import { isOpen, withOrderFill, type Order, type OrderName, type OrderRequest } from './Order.js'
import { isRefusal, type Refusal } from './Refusal.js'
import type { Wallet } from './Wallet.js'

/** Takes the orders of accounts to the markets, and keeps their wallets. Symbols are upper case. */
export interface OrderEntry {
  /** The order as it is once it has taken what the book offered. */
  readonly place: (account: string, symbol: string, request: OrderRequest) => Order | Refusal
  /** `cancellationId` is the client's id of the cancellation; default: one that the venue makes. */
  readonly cancel: (account: string, symbol: string, name: OrderName, cancellationId?: string) => Order | Refusal
  readonly cancelAll: (account: string, symbol: string | undefined) => readonly Order[]
  readonly find: (account: string, symbol: string, name: OrderName) => Order | undefined
  /** The orders of an account that are remembered, oldest first. */
  readonly orders: (account: string, symbol?: string) => readonly Order[]
  /** The fills of an account's orders that are remembered, oldest first. */
  readonly trades: (account: string) => readonly OwnTrade[]
  /** Why an order would be refused; `undefined` where it would not. */
  readonly check: (account: string, symbol: string, request: OrderRequest) => Refusal | undefined
  readonly wallet: (account: string) => Wallet
  /** An account buys and sells at another leverage from now on. */
  readonly changeLeverage: (account: string, symbol: string, leverage: number) => Refusal | undefined
  /** Settles trades of the market: the orders of accounts that rested there are filled. */
  readonly settle: (symbol: string, at: number, fills: readonly NumberedFill[]) => void
  /** Lets the market take this order, and all that have priority over it; so many lots of it, at most. */
  readonly fill: (order: Order, lots: number) => void
  readonly instrument: (symbol: string) => Instrument | undefined
  readonly instruments: () => Iterable<Instrument>
  /** The middle between the best prices, in ticks. */
  readonly mark: (symbol: string) => number
}

/** What order entry works with. */
export interface OrderEntryConfig {
  readonly instruments: ReadonlyMap<string, Instrument>
  readonly book: (symbol: string) => TradedBook | undefined
  /** Acts in a market; `undefined` where there is nothing to cancel. */
  readonly act: (symbol: string, action: Action) => Acted | undefined
  /** Somebody takes so many lots of the orders that rest on a side at a price or a better one. */
  readonly take: (symbol: string, side: 'BUY' | 'SELL', price: number, quantity: number) => Acted | undefined
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly publish: (publication: Publication) => void
  readonly wallet: (account: string, open: () => Iterable<Order>) => Wallet
  readonly firstOrderId: bigint
  /** The client's id of an order that came without one. */
  readonly newClientOrderId: () => string
  readonly executed: (execution: Execution) => void
  readonly leverageChanged: (change: LeverageChange) => void
}

/** An account has another leverage. */
export interface LeverageChange {
  readonly at: number
  readonly account: string
  readonly symbol: string
  readonly leverage: number
}

/** So many fills of each account are remembered. */
const REMEMBERED = 1_000
/** No position is worth more times its margin. */
const MOST_LEVERAGE = 125

interface Account {
  readonly wallet: Wallet
  readonly orders: AccountOrders
  readonly trades: Recent<OwnTrade>
}

export const orderEntry = (config: OrderEntryConfig): OrderEntry => {
  const {
    instruments,
    book: bookOf,
    act,
    take,
    now,
    publish,
    wallet,
    firstOrderId,
    newClientOrderId,
    executed,
    leverageChanged,
  } = config
  const accounts = new Map<string, Account>()
  /** Open orders by symbol and number in the book. */
  const resting = new Map<string, Order>()
  const placeOf = (symbol: string, bookId: number) => `${symbol} ${bookId}`
  let nextOrderId = firstOrderId
  let executions = 0

  const accountOf = (name: string): Account => {
    const known = accounts.get(name)
    if (known !== undefined) return known
    const orders = accountOrders()
    const created = { orders, trades: recent<OwnTrade>(REMEMBERED), wallet: wallet(name, orders.open) }
    accounts.set(name, created)
    return created
  }

  const execute = (type: Execution['type'], order: Order, trade?: OrderTrade): Order => {
    const account = accountOf(order.account)
    const place = placeOf(order.instrument.symbol, order.bookId)
    account.orders.put(order)
    if (isOpen(order)) resting.set(place, order)
    else resting.delete(place)
    const execution = { id: ++executions, at: order.updatedAt, type, order, wallet: account.wallet }
    if (trade !== undefined) account.trades.add({ ...execution, trade })
    executed({ ...execution, ...(trade && { trade }) })
    return order
  }

  const published = (acted: Acted | undefined): Acted | undefined => {
    for (const publication of acted?.publications ?? []) publish(publication)
    return acted
  }

  const settle: OrderEntry['settle'] = (symbol, at, fills) => {
    for (const fill of fills)
      for (const [bookId, isMaker] of [
        [fill.makerId, true],
        [fill.takerId, false],
      ] as const) {
        const order = resting.get(placeOf(symbol, bookId))
        if (order === undefined) continue
        const { tradeId, price, quantity } = fill
        const settlement = accountOf(order.account).wallet.filled(order, fill, isMaker)
        execute('TRADE', withOrderFill(order, fill, at), { tradeId, price, quantity, isMaker, ...settlement })
      }
  }

  const cancelled = (order: Order, cancellationId = newClientOrderId()): Order => {
    const acted = published(act(order.instrument.symbol, { cancel: order.bookId }))
    return execute('CANCELED', { ...order, cancellationId, status: 'CANCELED', updatedAt: acted?.at ?? now() })
  }

  const mark: OrderEntry['mark'] = (symbol) => {
    const book = bookOf(symbol)
    const [bid, ask] = [book?.bids.best(), book?.asks.best()]
    return ((bid ?? ask ?? 0) + (ask ?? bid ?? 0)) / 2
  }

  /** A request that may be carried out, with the lots that it is about. */
  const accepted = (name: string, symbol: string, asked: OrderRequest) => {
    const [instrument, book, account] = [instruments.get(symbol), bookOf(symbol), accountOf(name)]
    if (instrument === undefined || book === undefined) return { refusal: 'symbol' } satisfies Refusal
    const request = { ...asked, quantity: lotsOf(asked, book, instrument) }
    if (request.quantity === 0) return { refusal: 'quantityTooLow' } satisfies Refusal
    const refusal = refusalOf(account.wallet, account.orders.open(), instrument, request, book, mark(symbol))
    return refusal ?? { account, instrument, request }
  }

  const place: OrderEntry['place'] = (name, symbol, asked) => {
    const found = accepted(name, symbol, asked)
    if (isRefusal(found)) return found
    const { account, instrument, request } = found
    const { side, quantity, price, timeInForce } = request
    const limits = price === undefined ? {} : { price, timeInForce }
    const acted = act(symbol, { side, quantity, ...limits })
    if (acted === undefined) return { refusal: 'symbol' }
    const { at, outcome, fills, publications } = acted
    const created: Order = {
      ...request,
      instrument,
      account: name,
      orderId: nextOrderId++,
      bookId: outcome.orderId,
      clientOrderId: request.clientOrderId ?? newClientOrderId(),
      status: 'NEW',
      filled: 0,
      amount: 0,
      createdAt: at,
      updatedAt: at,
    }
    // The account hears that its order was accepted before the market hears of its trades.
    execute('NEW', created)
    for (const publication of publications) publish(publication)
    settle(symbol, at, fills)
    const order = resting.get(placeOf(symbol, created.bookId))
    if (order !== undefined && outcome.resting === undefined)
      return execute('EXPIRED', { ...order, status: 'EXPIRED', updatedAt: at })
    return account.orders.find(symbol, { orderId: String(created.orderId) }) ?? created
  }

  const isOf = (symbol: string | undefined) => (order: Order) =>
    symbol === undefined || order.instrument.symbol === symbol

  return {
    place,
    settle,
    cancel: (account, symbol, name, cancellationId) => {
      const order = accountOf(account).orders.find(symbol, name)
      if (order === undefined || !isOpen(order)) return { refusal: 'unknownOrder' }
      return cancelled(order, cancellationId)
    },
    cancelAll: (account, symbol) =>
      [...accountOf(account).orders.open()].filter(isOf(symbol)).map((order) => cancelled(order)),
    find: (account, symbol, name) => accountOf(account).orders.find(symbol, name),
    orders: (account, symbol) => [...accountOf(account).orders.all()].filter(isOf(symbol)),
    trades: (account) => accountOf(account).trades.all(),
    check: (account, symbol, request) => {
      const found = accepted(account, symbol, request)
      return isRefusal(found) ? found : undefined
    },
    wallet: (account) => accountOf(account).wallet,
    changeLeverage: (account, symbol, leverage) => {
      const [instrument, { margin }] = [instruments.get(symbol), accountOf(account).wallet]
      if (instrument === undefined || margin === undefined) return { refusal: 'symbol' }
      const isPossible = Number.isInteger(leverage) && leverage >= 1 && leverage <= MOST_LEVERAGE
      if (!isPossible) return { refusal: 'leverage', detail: String(leverage) }
      if (!margin.changeLeverage(instrument, leverage)) return { refusal: 'leverageTooLow' }
      leverageChanged({ at: now(), account, symbol, leverage })
      return undefined
    },
    fill: ({ instrument: { symbol }, side, bookId, price }, lots) => {
      const before = bookOf(symbol)?.before(bookId)
      if (before === undefined || price === undefined) return
      const acted = published(take(symbol, side, price, before + lots))
      settle(symbol, acted?.at ?? now(), acted?.fills ?? [])
    },
    instrument: (symbol) => instruments.get(symbol),
    instruments: () => instruments.values(),
    mark,
  }
}
