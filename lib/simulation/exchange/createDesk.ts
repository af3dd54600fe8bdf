import type { Action } from '../market/flow.js'
import type { Matching } from '../market/matching.js'
import type { Said } from '../market/Said.js'
import type { Acted } from '../market/symbolMarket.js'
import { lotsOf, refusalOf } from './acceptance.js'
import { accountBook, type AccountBook } from './accountBook.js'
import type { Execution, OrderTrade } from './Execution.js'
import type { Instrument } from './Instrument.js'
import { isOpen, withOrderFill, type Order } from './Order.js'
import type { Refusal } from './Refusal.js'
import type { Desk } from './Desk.js'
import type { Wallet } from './Wallet.js'

/** What a desk works with. */
export interface DeskConfig {
  readonly instruments: ReadonlyMap<string, Instrument>
  readonly book: (symbol: string) => Matching | undefined
  /** Does something in a market; `undefined` where there is nothing to cancel. */
  readonly act: (symbol: string, action: Action) => Acted | undefined
  /** Ms since 1970. */
  readonly now: () => number
  readonly publish: (said: Said) => void
  readonly wallet: (account: string, open: () => Iterable<Order>) => Wallet
  readonly firstOrderId: bigint
  /** The client's id of an order that came without one. */
  readonly newClientOrderId: () => string
  readonly executed: (execution: Execution) => void
}

interface Account {
  readonly wallet: Wallet
  readonly book: AccountBook
}

export const createDesk = (config: DeskConfig): Desk => {
  const { instruments, book: bookOf, act, now, publish, wallet, firstOrderId, newClientOrderId, executed } = config
  const accounts = new Map<string, Account>()
  /** Open orders by symbol and number in the book. */
  const waiting = new Map<string, Order>()
  const placeOf = (symbol: string, bookId: number) => `${symbol} ${bookId}`
  let nextOrderId = firstOrderId

  const accountOf = (name: string): Account => {
    const known = accounts.get(name)
    if (known !== undefined) return known
    const book = accountBook()
    const created = { book, wallet: wallet(name, book.open) }
    accounts.set(name, created)
    return created
  }

  const happened = (type: Execution['type'], order: Order, trade?: OrderTrade): Order => {
    const account = accountOf(order.account)
    const place = placeOf(order.instrument.symbol, order.bookId)
    account.book.put(order)
    if (isOpen(order)) waiting.set(place, order)
    else waiting.delete(place)
    executed({ at: order.updatedAt, type, order, wallet: account.wallet, ...(trade && { trade }) })
    return order
  }

  const settle: Desk['settle'] = (symbol, at, fills) => {
    for (const fill of fills)
      for (const [bookId, isMaker] of [
        [fill.makerId, true],
        [fill.takerId, false],
      ] as const) {
        const order = waiting.get(placeOf(symbol, bookId))
        if (order === undefined) continue
        const { tradeId, price, quantity } = fill
        const settlement = accountOf(order.account).wallet.filled(order, fill, isMaker)
        happened('TRADE', withOrderFill(order, fill, at), { tradeId, price, quantity, isMaker, ...settlement })
      }
  }

  const cancelled = (order: Order): Order => {
    const { symbol } = order.instrument
    const acted = act(symbol, { cancel: order.bookId })
    for (const said of acted?.said ?? []) publish(said)
    return happened('CANCELED', { ...order, status: 'CANCELED', updatedAt: acted?.at ?? now() })
  }

  const place: Desk['place'] = (name, symbol, asked) => {
    const [instrument, book, account] = [instruments.get(symbol), bookOf(symbol), accountOf(name)]
    if (instrument === undefined || book === undefined) return { refusal: 'symbol' }
    const request = { ...asked, quantity: lotsOf(asked, book, instrument) }
    if (request.quantity === 0) return { refusal: 'quantityTooLow' }
    const refusal = refusalOf(account.wallet, account.book.open(), instrument, request, book)
    if (refusal !== undefined) return refusal
    const { side, quantity, price, timeInForce } = request
    const limits = price === undefined ? {} : { price, timeInForce }
    const acted = act(symbol, { side, quantity, ...limits })
    if (acted === undefined) return { refusal: 'symbol' }
    const { at, outcome, fills, said } = acted
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
    happened('NEW', created)
    for (const each of said) publish(each)
    settle(symbol, at, fills)
    const order = waiting.get(placeOf(symbol, created.bookId))
    if (order !== undefined && outcome.resting === undefined)
      return happened('EXPIRED', { ...order, status: 'EXPIRED', updatedAt: at })
    return account.book.find(symbol, { orderId: String(created.orderId) }) ?? created
  }

  return {
    place,
    settle,
    cancel: (name, symbol, which) => {
      const order = accountOf(name).book.find(symbol, which)
      return order !== undefined && isOpen(order) ? cancelled(order) : ({ refusal: 'unknownOrder' } satisfies Refusal)
    },
    cancelAll: (name, symbol) =>
      [...accountOf(name).book.open()]
        .filter(({ instrument }) => symbol === undefined || instrument.symbol === symbol)
        .map((order) => cancelled(order)),
    find: (name, symbol, which) => accountOf(name).book.find(symbol, which),
    orders: (name, symbol) =>
      [...accountOf(name).book.all()].filter(({ instrument }) => symbol === undefined || instrument.symbol === symbol),
    wallet: (name) => accountOf(name).wallet,
    fill: ({ instrument: { symbol }, side, bookId, price }, lots) => {
      const before = bookOf(symbol)?.before(bookId)
      if (before === undefined || price === undefined) return
      const taker = {
        side: side === 'BUY' ? 'SELL' : 'BUY',
        quantity: before + lots,
        price,
        timeInForce: 'IOC',
      } as const
      const acted = act(symbol, taker)
      for (const said of acted?.said ?? []) publish(said)
      settle(symbol, acted?.at ?? now(), acted?.fills ?? [])
    },
    instrument: (symbol) => instruments.get(symbol),
    mark: (symbol) => {
      const book = bookOf(symbol)
      const [bid, ask] = [book?.bids.best(), book?.asks.best()]
      return ((bid ?? ask ?? 0) + (ask ?? bid ?? 0)) / 2
    },
  }
}
