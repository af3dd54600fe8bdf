import type { AccountControls, PlacedOrder, ScriptedOrder } from './AccountControls.js'
import type { Desk } from './Desk.js'
import { holdingTexts } from './holdingTexts.js'
import { money, moneyText } from './Money.js'
import { isOpen, openLots, type Order } from './Order.js'
import { isRefusal, readOrder } from './readOrder.js'
import { refuse, type Language, type Refusal } from './Refusal.js'
import { orderTexts } from './tradedTexts.js'

const shown = (order: Order): PlacedOrder => {
  const { instrument, orderId, clientOrderId, side, type, timeInForce, status } = order
  const { price, quantity, filledQuantity, filledQuote } = orderTexts(order, 0)
  const ids = { symbol: instrument.symbol, orderId: String(orderId), clientOrderId }
  return { ...ids, side, type, timeInForce, status, price, quantity, filledQuantity, filledQuote }
}

/** The venue's own parameters. */
const parametersOf = ({ side, price, quantity, clientOrderId, ...order }: ScriptedOrder) => {
  const { type = price === undefined ? 'MARKET' : 'LIMIT', isReduceOnly = false } = order
  const { timeInForce = type === 'LIMIT' ? 'GTC' : undefined } = order
  const given = { side, type, timeInForce, quantity, price, newClientOrderId: clientOrderId, reduceOnly: isReduceOnly }
  return new Map(Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])))
}

const times = { GTC: 'GTC', IOC: 'IOC', FOK: 'FOK', GTX: 'GTX' } as const

/** Puts an account into the hands of a script. */
export const controlAccount = (desk: Desk, language: Language, account: string): AccountControls => {
  const orThrow = <A extends object>(value: A | Refusal): A => {
    if (isRefusal(value)) throw new TypeError(refuse(language, value).body)
    return value
  }
  const opened = (symbol: string, orderId: string): Order => {
    const order = desk.find(account, symbol, { orderId })
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
      const instrument = desk.instrument(order.symbol)
      if (instrument === undefined) return orThrow<PlacedOrder>({ refusal: 'symbol' })
      const parameters = parametersOf(order)
      const request = orThrow(readOrder((name) => parameters.get(name) ?? null, instrument, times))
      return shown(orThrow(desk.place(account, order.symbol, request)))
    },
    cancel: (symbol, orderId) => shown(orThrow(desk.cancel(account, symbol, { orderId }))),
    fill: (symbol, orderId, quantity) => {
      const order = opened(symbol, orderId)
      desk.fill(order, lotsOf(order, quantity))
      return shown(desk.find(account, symbol, { orderId }) ?? order)
    },
    orders: (symbol) => desk.orders(account, symbol).map(shown),
    balances: () =>
      desk
        .wallet(account)
        .balances()
        .map(({ asset, free, locked }) => ({ asset, free: moneyText(free), locked: moneyText(locked) })),
    positions: () =>
      desk
        .wallet(account)
        .holdings()
        .map((holding) => {
          const { symbol } = holding.instrument
          const { amount, entryPrice, accumulatedRealizedProfit } = holdingTexts(holding, desk.mark(symbol))
          return { symbol, amount, entryPrice, accumulatedRealizedProfit }
        }),
  }
}
