import { moneyText } from './Money.js'
import type { Execution } from './Execution.js'
import { averagePrice, type Order } from './Order.js'

/** What an order's numbers are as decimals. */
export const orderTexts = (order: Order, averageDigits: number) => {
  const { instrument, quantity, price, filled, amount, cost } = order
  const { scale, tickLot } = instrument
  return {
    quantity: scale.quantity(quantity),
    price: price === undefined ? '0' : scale.price(price),
    averagePrice: averagePrice(order, averageDigits),
    filledQuantity: scale.quantity(filled),
    filledQuote: moneyText(BigInt(amount) * tickLot),
    quoteOrderQuantity: moneyText(cost ?? 0n),
  }
}

/** What the fill of an execution is as decimals, zeros where there was none; `null` for what was not paid. */
export const tradeTexts = ({ order, trade }: Execution) => {
  const { scale, tickLot } = order.instrument
  const { price = 0, quantity = 0 } = trade ?? {}
  return {
    lastFilledQuantity: scale.quantity(quantity),
    lastFilledPrice: trade === undefined ? '0' : scale.price(price),
    lastFilledQuote: moneyText(BigInt(price) * BigInt(quantity) * tickLot),
    commission: trade === undefined ? null : moneyText(trade.commission),
  }
}
