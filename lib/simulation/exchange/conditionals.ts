import type { TradedBook } from '../market/matching.js'
import { closable, needOf } from './acceptance.js'
import type { Ledger } from './ledger.js'
import type { Order } from './Order.js'
import { followed, isReached } from './Trigger.js'

/** What conditional orders are set off with. */
export interface ConditionalsConfig {
  readonly ledger: Ledger
  readonly book: (symbol: string) => TradedBook | undefined
  readonly mark: (symbol: string) => number
  /** Takes an order to the book. */
  readonly submit: (order: Order) => unknown
  readonly expire: (order: Order) => unknown
}

/** Sets off what waited, when the market was at these prices, in ticks, one after the other. */
export const conditionals = (config: ConditionalsConfig): ((symbol: string, prices: readonly number[]) => void) => {
  const { ledger, book: bookOf, mark, submit, expire } = config

  /** An order is in force, as far as it can be paid and closes what is there. */
  const setOff = (waiting: Order) => {
    const { account, instrument, side, positionSide, isCloseAll, isReduceOnly } = waiting
    const { wallet } = ledger.account(account)
    const book = bookOf(instrument.symbol)
    const most = isReduceOnly ? closable(wallet, waiting, instrument) : Infinity
    const quantity = isCloseAll ? most : Math.min(waiting.quantity, most)
    if (quantity === 0 || book === undefined) return expire(waiting)
    const order = { ...waiting, quantity }
    const need = { instrument, side, ...needOf(order, order.price, book), instead: waiting }
    return wallet.affords({ ...need, ...(positionSide && { positionSide }) }) ? submit(order) : expire(waiting)
  }

  return (symbol, prices) => {
    const middle = mark(symbol)
    const reached: Order[] = []
    for (const order of ledger.waiting()) {
      const { trigger, instrument } = order
      if (trigger === undefined || instrument.symbol !== symbol) continue
      let next = trigger
      const isOff = (trigger.by === 'mark' ? [middle] : prices).some((price) => {
        next = followed(next, price)
        return isReached(next, price)
      })
      if (next !== trigger) ledger.follow({ ...order, trigger: next })
      if (isOff) reached.push({ ...order, trigger: next })
    }
    // One that is set off moves the market, and may set off another one of these.
    for (const order of reached) if (ledger.isWaiting(order.orderId)) setOff(order)
  }
}
