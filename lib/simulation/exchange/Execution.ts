import { moneyText } from './Money.js'
import { averagePrice, type Order } from './Order.js'
import type { Settlement, Wallet } from './Wallet.js'

/** A fill as one of its two orders sees it. */
export interface OrderTrade extends Settlement {
  readonly tradeId: number
  /** In ticks, and in lots. */
  readonly price: number
  readonly quantity: number
  readonly isMaker: boolean
}

/** Something that happened to an order. */
export interface Execution {
  /** Counts the executions of all accounts, from 1. */
  readonly id: number
  /** Ms since 1970, by the market's clock. */
  readonly at: number
  readonly type: 'NEW' | 'TRADE' | 'CANCELED' | 'EXPIRED' | 'AMENDMENT'
  /** As it is after. */
  readonly order: Order
  readonly trade?: OrderTrade
  /** The account's, as it is after; it changes with the next execution. */
  readonly wallet: Wallet
}

/** A fill of an account's order, as it is remembered. */
export interface OwnTrade extends Execution {
  readonly trade: OrderTrade
}

/** An order's numbers as decimals. */
export const orderFields = (order: Order, averageDigits: number) => {
  const { instrument, quantity, price, filled, amount, cost, trigger } = order
  const { scale, tickLot } = instrument
  return {
    quantity: scale.quantity(quantity),
    price: price === undefined ? '0' : scale.price(price),
    stopPrice: trigger?.price === undefined ? '0' : scale.price(trigger.price),
    averagePrice: averagePrice(order, averageDigits),
    filledQuantity: scale.quantity(filled),
    filledQuote: moneyText(BigInt(amount) * tickLot),
    quoteOrderQuantity: moneyText(cost ?? 0n),
  }
}

/** The fill of an execution as decimals, zeros where there was none; `commission` is `null` then. */
export const fillFields = ({ order, trade }: Execution) => {
  const { scale, tickLot } = order.instrument
  const { price = 0, quantity = 0 } = trade ?? {}
  return {
    lastFilledQuantity: scale.quantity(quantity),
    lastFilledPrice: trade === undefined ? '0' : scale.price(price),
    lastFilledQuote: moneyText(BigInt(price) * BigInt(quantity) * tickLot),
    commission: trade === undefined ? null : moneyText(trade.commission),
  }
}
