import type { Acted } from '../market/marketData.js'
import type { TradedBook } from '../market/matching.js'
import type { Action } from '../market/orderFlow.js'
import type { Publication } from '../market/Publication.js'
import type { NumberedFill } from '../market/tradeLog.js'
import { closable, lotsOf, refusalOf, type RefusedTimes } from './acceptance.js'
import type { AccountChange, Changed } from './AccountChange.js'
import { amendment, type NewTerms } from './amendment.js'
import { conditionals } from './conditionals.js'
import type { Execution, OwnTrade } from './Execution.js'
import type { Instrument } from './Instrument.js'
import { ledger } from './ledger.js'
import { isOpen, openLots, withOrderFill, type Order, type OrderName, type OrderRequest } from './Order.js'
import { isRefusal, type Refusal } from './Refusal.js'
import { followed } from './Trigger.js'
import type { Wallet } from './Wallet.js'

/** Takes the orders of accounts to the markets, and keeps their wallets. Symbols are upper case. */
export interface OrderEntry {
  /** The order as it is once it has taken what the book offered. */
  readonly place: (account: string, symbol: string, request: OrderRequest) => Order | Refusal
  /** `cancellationId` is the client's id of the cancellation; default: one that the venue makes. */
  readonly cancel: (account: string, symbol: string, name: OrderName, cancellationId?: string) => Order | Refusal
  /** All that are open, or those of them that suit. */
  readonly cancelAll: (
    account: string,
    symbol: string | undefined,
    suits?: (order: Order) => boolean,
  ) => readonly Order[]
  /** Another price and quantity for an order that rests in the book, where it stands last from then on. */
  readonly amend: (account: string, symbol: string, name: OrderName, terms: NewTerms) => Order | Refusal
  readonly find: (account: string, symbol: string, name: OrderName) => Order | undefined
  /** The orders of an account that are remembered, oldest first. */
  readonly orders: (account: string, symbol?: string) => readonly Order[]
  /** The fills of an account's orders that are remembered, oldest first. */
  readonly trades: (account: string) => readonly OwnTrade[]
  /** Why an order would be refused; `undefined` where it would not. */
  readonly check: (account: string, symbol: string, request: OrderRequest) => Refusal | undefined
  readonly wallet: (account: string) => Wallet
  /** Tells what an account changed of itself. */
  readonly changed: (account: string, changed: Changed) => void
  /** What an account changed of itself, as far as it is remembered, oldest first. */
  readonly changes: (account: string) => readonly AccountChange[]
  /**
   * Settles trades of the market: the orders of accounts that rested there are filled, and those that wait for the price
   * are set off. `last` is that of the last trade, in ticks; default: that of the last fill.
   */
  readonly settle: (symbol: string, at: number, fills: readonly NumberedFill[], last?: number) => void
  /** Lets the market take this order, and all that have priority over it; so many lots of it, at most. */
  readonly fill: (order: Order, lots: number) => void
  readonly instrument: (symbol: string) => Instrument | undefined
  readonly instruments: () => Iterable<Instrument>
  /** The middle between the best prices, in ticks. */
  readonly mark: (symbol: string) => number
  /** The price of the last trade, in ticks; before the first one, the middle between the best prices. */
  readonly last: (symbol: string) => number
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
  readonly changed: (change: AccountChange) => void
  /** Default: whatever cannot be kept expires. */
  readonly refusedTimes?: RefusedTimes
}

export const orderEntry = (config: OrderEntryConfig): OrderEntry => {
  const { instruments, book: bookOf, act, take, now, publish, firstOrderId, newClientOrderId } = config
  const { refusedTimes = {} } = config
  const all = ledger(config.wallet, config.executed)
  const { account: accountOf, execute, resting } = all
  const lasts = new Map<string, number>()
  let nextOrderId = firstOrderId

  const published = (acted: Acted | undefined): Acted | undefined => {
    for (const publication of acted?.publications ?? []) publish(publication)
    return acted
  }

  const mark: OrderEntry['mark'] = (symbol) => {
    const book = bookOf(symbol)
    const [bid, ask] = [book?.bids.best(), book?.asks.best()]
    return ((bid ?? ask ?? 0) + (ask ?? bid ?? 0)) / 2
  }
  const last: OrderEntry['last'] = (symbol) => lasts.get(symbol) ?? mark(symbol)

  /** Takes an order out of the book, or out of those that wait. */
  const ended = (status: 'CANCELED' | 'EXPIRED', order: Order, cancellationId?: string): Order => {
    const { instrument, bookId } = order
    const acted = bookId === undefined ? undefined : published(act(instrument.symbol, { cancel: bookId }))
    const id = cancellationId === undefined ? {} : { cancellationId }
    return execute(status, { ...order, ...id, status, updatedAt: acted?.at ?? now() })
  }
  const cancelled = (order: Order, cancellationId = newClientOrderId()) => ended('CANCELED', order, cancellationId)

  /** Takes what is open of an order to the book; the account hears of that as of `type`, before any trade. */
  const submit = (order: Order, type: 'NEW' | 'AMENDMENT' = 'NEW', isFresh = false): Order | Refusal => {
    const { account, side, price, timeInForce, orderId } = order
    const { symbol } = order.instrument
    const limits = price === undefined ? {} : { price, timeInForce }
    const acted = act(symbol, { side, quantity: openLots(order), ...limits })
    if (acted === undefined) return { refusal: 'symbol' }
    const { at, outcome, fills, publications } = acted
    // Markets count time by tenths of a second; other terms are newer than those before, and have to look so.
    const updatedAt = type === 'AMENDMENT' ? Math.max(at, order.updatedAt + 1) : at
    execute(type, { ...order, bookId: outcome.orderId, updatedAt, ...(isFresh && { createdAt: at }) })
    for (const publication of publications) publish(publication)
    settle(symbol, at, fills)
    const left = resting(symbol, outcome.orderId)
    if (left !== undefined && outcome.resting === undefined)
      return execute('EXPIRED', { ...left, status: 'EXPIRED', updatedAt: at })
    return accountOf(account).orders.find(symbol, { orderId: String(orderId) }) ?? order
  }

  const moved = conditionals({
    ...{ ledger: all, book: bookOf, mark, submit: (order) => submit(order) },
    expire: (order) => ended('EXPIRED', order),
  })

  /** Orders that may only reduce a position are gone when there is less of it than they would close. */
  const expireIdle = ({ account, instrument, positionSide = 'BOTH' }: Order) => {
    const { wallet, orders } = accountOf(account)
    for (const order of [...orders.open()]) {
      const isOfIt = order.instrument === instrument && (order.positionSide ?? 'BOTH') === positionSide
      const isIdle = order.isReduceOnly && order.bookId !== undefined
      if (isOfIt && isIdle && openLots(order) > closable(wallet, order, instrument)) ended('EXPIRED', order)
    }
  }

  const settle: OrderEntry['settle'] = (symbol, at, fills, price = fills.at(-1)?.price) => {
    for (const fill of fills)
      for (const [bookId, isMaker] of [
        [fill.makerId, true],
        [fill.takerId, false],
      ] as const) {
        const order = resting(symbol, bookId)
        if (order === undefined) continue
        const { tradeId, price, quantity } = fill
        const settlement = accountOf(order.account).wallet.filled(order, fill, isMaker)
        const filled = execute('TRADE', withOrderFill(order, fill, at), {
          tradeId,
          price,
          quantity,
          isMaker,
          ...settlement,
        })
        expireIdle(filled)
      }
    if (price === undefined) return
    lasts.set(symbol, price)
    moved(symbol, fills.length === 0 ? [price] : fills.map((fill) => fill.price))
  }

  /** A request that may be carried out, with the lots that it is about. */
  const accepted = (name: string, symbol: string, asked: OrderRequest) => {
    const [instrument, book, account] = [instruments.get(symbol), bookOf(symbol), accountOf(name)]
    if (instrument === undefined || book === undefined) return { refusal: 'symbol' } satisfies Refusal
    const request = { ...asked, quantity: lotsOf(asked, book, instrument) }
    if (request.quantity === 0 && !request.isCloseAll) return { refusal: 'quantityTooLow' } satisfies Refusal
    const { wallet, orders } = account
    const circumstances = { wallet, open: orders.open(), instrument, book, mark: mark(symbol), last: last(symbol) }
    return refusalOf(request, { ...circumstances, refusedTimes }) ?? { instrument, request }
  }

  const place: OrderEntry['place'] = (name, symbol, asked) => {
    const found = accepted(name, symbol, asked)
    if (isRefusal(found)) return found
    const { instrument, request } = found
    const { clientOrderId = newClientOrderId(), trigger } = request
    const at = now()
    const times = { createdAt: at, updatedAt: at }
    const ids = { account: name, orderId: nextOrderId++, clientOrderId }
    const order: Order = { ...request, instrument, ...ids, status: 'NEW', filled: 0, amount: 0, ...times }
    if (trigger === undefined) return submit(order, 'NEW', true)
    const market = trigger.by === 'mark' ? mark(symbol) : last(symbol)
    return execute('NEW', { ...order, trigger: followed(trigger, market) })
  }

  const isOf = (symbol: string | undefined) => (order: Order) =>
    symbol === undefined || order.instrument.symbol === symbol
  const opened = (account: string, symbol: string, name: OrderName) => {
    const order = accountOf(account).orders.find(symbol, name)
    return order !== undefined && isOpen(order) ? order : undefined
  }

  return {
    place,
    settle,
    cancel: (account, symbol, name, cancellationId) => {
      const order = opened(account, symbol, name)
      return order === undefined ? { refusal: 'unknownOrder' } : cancelled(order, cancellationId)
    },
    cancelAll: (account, symbol, suits = () => true) =>
      [...accountOf(account).orders.open()]
        .filter(isOf(symbol))
        .filter(suits)
        .map((order) => cancelled(order)),
    amend: (account, symbol, name, terms) => {
      const [order, book] = [opened(account, symbol, name), bookOf(symbol)]
      if (order?.bookId === undefined || book === undefined) return { refusal: 'noSuchOrder' }
      const amended = amendment(order, terms, { wallet: accountOf(account).wallet, book, mark: mark(symbol) })
      if (amended === undefined) return cancelled(order)
      if (isRefusal(amended)) return amended
      published(act(symbol, { cancel: order.bookId }))
      return submit(amended, 'AMENDMENT')
    },
    find: (account, symbol, name) => accountOf(account).orders.find(symbol, name),
    orders: (account, symbol) => [...accountOf(account).orders.all()].filter(isOf(symbol)),
    trades: (account) => accountOf(account).trades.all(),
    check: (account, symbol, request) => {
      const found = accepted(account, symbol, request)
      return isRefusal(found) ? found : undefined
    },
    wallet: (account) => accountOf(account).wallet,
    changed: (account, changed) => {
      const { wallet, changes } = accountOf(account)
      const middle = 'instrument' in changed ? mark(changed.instrument.symbol) : 0
      const change = { at: now(), account, changed, mark: middle, wallet }
      changes.add(change)
      config.changed(change)
    },
    changes: (account) => accountOf(account).changes.all(),
    fill: ({ instrument: { symbol }, side, bookId, price }, lots) => {
      const before = bookId === undefined ? undefined : bookOf(symbol)?.before(bookId)
      if (before === undefined || price === undefined) return
      const acted = published(take(symbol, side, price, before + lots))
      settle(symbol, acted?.at ?? now(), acted?.fills ?? [])
    },
    instrument: (symbol) => instruments.get(symbol),
    instruments: () => instruments.values(),
    mark,
    last,
  }
}
