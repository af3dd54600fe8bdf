import type { TradedBook } from '../market/matching.js'
import { sweep } from '../market/sweep.js'
import { failedFilter } from './Filters.js'
import type { Order } from './Order.js'
import type { Refusal } from './Refusal.js'
import type { Wallet } from './Wallet.js'

/** Another price, in ticks, and quantity, in lots, what is filled already included. */
export interface NewTerms {
  readonly price: number
  readonly quantity: number
}

/** An order of the book with other terms, or why it stays as it is; `undefined` where these end it. */
export const amendment = (
  order: Order,
  { price, quantity }: NewTerms,
  { wallet, book, mark }: { readonly wallet: Wallet; readonly book: TradedBook; readonly mark: number },
): Order | Refusal | undefined => {
  const { instrument, side, type, filled, timeInForce, positionSide, isReduceOnly } = order
  if (type !== 'LIMIT') return { refusal: 'type' }
  if (price === order.price && quantity === order.quantity) return { refusal: 'sameOrder' }
  const { filters, tickLot } = instrument
  const failed = failedFilter(filters, { side, price, quantity, isReduceOnly }, { mark, openOrders: 0, tickLot })
  if (failed !== undefined) return failed
  const lots = quantity - filled
  if (lots <= 0) return undefined
  const against = side === 'BUY' ? book.asks : book.bids
  if (timeInForce === 'GTX' && sweep(against.levels(), { side, quantity: lots, price }).quantity > 0) return undefined
  const need = { instrument, side, lots, amount: lots * price, instead: order, ...(positionSide && { positionSide }) }
  return wallet.affords(need) ? { ...order, price, quantity } : { refusal: 'insufficient' }
}
