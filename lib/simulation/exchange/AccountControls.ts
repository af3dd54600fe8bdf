import type { Decimal } from '../../codecs/Decimal.js'
import { orderFields } from './Execution.js'
import { positionFields } from './futuresWallet.js'
import { money, moneyText } from './Money.js'
import { isOpen, openLots, type Order } from './Order.js'
import type { OrderEntry } from './orderEntry.js'
import { readOrder, type OrderDialect } from './readOrder.js'
import { isRefusal, type Refusal } from './Refusal.js'

/** An order as a test writes it: the parameters of the venue's call. */
export interface ScriptedOrder {
  /** The market: `BTCUSDT`. */
  readonly symbol: string
  /** Whether it buys or sells. */
  readonly side: 'BUY' | 'SELL'
  /** Default: LIMIT where there is a price, else MARKET. */
  readonly type?: 'LIMIT' | 'MARKET'
  /** In the base asset. */
  readonly quantity: Decimal
  /** In the quote asset; of a limit order. */
  readonly price?: Decimal
  /** Default: GTC for a limit order. */
  readonly timeInForce?: 'GTC' | 'IOC' | 'FOK' | 'GTX'
  /** Default: one that the venue makes. */
  readonly clientOrderId?: string
  /** Futures. Default: false. */
  readonly isReduceOnly?: boolean
  /** Futures, where long and short positions are kept apart: which of them. Default: `BOTH`. */
  readonly positionSide?: 'BOTH' | 'LONG' | 'SHORT'
}

/** An order as it is. */
export interface PlacedOrder {
  /** The market: `BTCUSDT`. */
  readonly symbol: string
  /** Digits; on BingX beyond 2^53. */
  readonly orderId: string
  /** As it was given, or made by the venue. */
  readonly clientOrderId: string
  /** Whether it buys or sells. */
  readonly side: 'BUY' | 'SELL'
  /** As the venue calls it: `LIMIT`, `STOP_MARKET`. */
  readonly type: string
  /** How long it lasts. */
  readonly timeInForce: 'GTC' | 'IOC' | 'FOK' | 'GTX'
  /** What became of it. */
  readonly status: 'NEW' | 'PARTIALLY_FILLED' | 'FILLED' | 'CANCELED' | 'EXPIRED'
  /** `0` for a market order. */
  readonly price: Decimal
  /** All of it, in the base asset. */
  readonly quantity: Decimal
  /** How much of it was filled. */
  readonly filledQuantity: Decimal
  /** What the fills cost together. */
  readonly filledQuote: Decimal
}

/** What an account has of an asset. On futures `locked` is margin, and both together the wallet's balance. */
export interface AccountBalance {
  /** `USDT`. */
  readonly asset: string
  /** What may be used. */
  readonly free: Decimal
  /** What open orders hold back. */
  readonly locked: Decimal
}

/** What an account holds of a contract: the amount is below 0 when sold short. */
export interface AccountHolding {
  /** The contract: `BTCUSDT`. */
  readonly symbol: string
  /** `BOTH`, or, where long and short positions are kept apart, which of them. */
  readonly positionSide: 'BOTH' | 'LONG' | 'SHORT'
  /** In the base asset. */
  readonly amount: Decimal
  /** The average price at which it was opened. */
  readonly entryPrice: Decimal
  /** Of all that was closed, in the quote asset. */
  readonly accumulatedRealizedProfit: Decimal
}

/** Controls one account of a simulated venue: everything happens at once, and without REST. */
export interface AccountControls {
  /** @throws TypeError, with the venue's own message, where REST would refuse it. */
  readonly place: (order: ScriptedOrder) => PlacedOrder
  /** @throws TypeError where no such order is open. */
  readonly cancel: (symbol: string, orderId: string) => PlacedOrder
  /**
   * The market takes an order that rests in the book, so much of it at most, and all orders that have priority over it.
   * Default: all of it.
   *
   * @throws TypeError where no such order is open, or for a quantity that is none.
   */
  readonly fill: (symbol: string, orderId: string, quantity?: Decimal) => PlacedOrder
  /** The orders that are remembered, oldest first. */
  readonly orders: (symbol?: string) => readonly PlacedOrder[]
  /** What it has of each asset. */
  readonly balances: () => readonly AccountBalance[]
  /** Empty on spot markets. */
  readonly positions: () => readonly AccountHolding[]
}

/** An order does not change, but is replaced by another: each is written once. */
const written = new WeakMap<Order, PlacedOrder>()
const shown = (order: Order): PlacedOrder => {
  const known = written.get(order) ?? writtenOrder(order)
  written.set(order, known)
  return known
}

const writtenOrder = (order: Order): PlacedOrder => {
  const { instrument, orderId, clientOrderId, side, type, timeInForce, status } = order
  const { price, quantity, filledQuantity, filledQuote } = orderFields(order, 0)
  const ids = { symbol: instrument.symbol, orderId: String(orderId), clientOrderId }
  return { ...ids, side, type, timeInForce, status, price, quantity, filledQuantity, filledQuote }
}

/** The order as parameters of the venue's call. */
const parametersOf = ({ side, price, quantity, clientOrderId, ...order }: ScriptedOrder) => {
  const { type = price === undefined ? 'MARKET' : 'LIMIT', isReduceOnly = false } = order
  const { timeInForce = type === 'LIMIT' ? 'GTC' : undefined } = order
  const { positionSide } = order
  const ids = { newClientOrderId: clientOrderId, positionSide }
  const given = { side, type, timeInForce, quantity, price, ...ids, reduceOnly: isReduceOnly }
  return new Map(Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])))
}

const dialect: OrderDialect = {
  orderTypes: { LIMIT: { isLimit: true }, MARKET: { isLimit: false } },
  timesInForce: { GTC: 'GTC', IOC: 'IOC', FOK: 'FOK', GTX: 'GTX' },
  hasPositions: true,
}

/** Controls one account; `messageOf` gives the venue's message for a refusal. */
export const controlAccount = (
  entry: OrderEntry,
  account: string,
  messageOf: (refusal: Refusal) => string,
): AccountControls => {
  const orThrow = <A extends object>(value: A | Refusal): A => {
    if (isRefusal(value)) throw new TypeError(messageOf(value))
    return value
  }
  const opened = (symbol: string, orderId: string): Order => {
    const order = entry.find(account, symbol, { orderId })
    return orThrow<Order>(order !== undefined && isOpen(order) ? order : { refusal: 'unknownOrder' })
  }
  const lotsOf = (order: Order, quantity: string | undefined): number => {
    if (quantity === undefined) return openLots(order)
    const lots = (money(quantity) ?? 0n) / order.instrument.lot
    if (lots <= 0n)
      throw new TypeError(`quantity: expected at least ${order.instrument.scale.quantity(1)}, came '${quantity}'`)
    return Math.min(Number(lots), openLots(order))
  }

  return {
    place: (order) => {
      const instrument = entry.instrument(order.symbol)
      if (instrument === undefined) return orThrow<PlacedOrder>({ refusal: 'symbol' })
      const parameters = parametersOf(order)
      const request = orThrow(
        readOrder((name) => parameters.get(name) ?? null, instrument, dialect, entry.last(order.symbol)),
      )
      return shown(orThrow(entry.place(account, order.symbol, request)))
    },
    cancel: (symbol, orderId) => shown(orThrow(entry.cancel(account, symbol, { orderId }))),
    fill: (symbol, orderId, quantity) => {
      const order = opened(symbol, orderId)
      entry.fill(order, lotsOf(order, quantity))
      return shown(entry.find(account, symbol, { orderId }) ?? order)
    },
    orders: (symbol) => entry.orders(account, symbol).map(shown),
    balances: () =>
      entry
        .wallet(account)
        .balances()
        .map(({ asset, free, locked }) => ({ asset, free: moneyText(free), locked: moneyText(locked) })),
    positions: () =>
      entry
        .wallet(account)
        .holdings()
        .map((holding) => {
          const { positionSide, instrument } = holding
          const { symbol } = instrument
          const { amount, entryPrice, accumulatedRealizedProfit } = positionFields(holding, entry.mark(symbol))
          return { symbol, positionSide, amount, entryPrice, accumulatedRealizedProfit }
        }),
  }
}
