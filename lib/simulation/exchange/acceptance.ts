import type { TradedBook } from '../market/matching.js'
import { lotsFor, sweep } from '../market/sweep.js'
import { failedFilter } from './Filters.js'
import type { Instrument } from './Instrument.js'
import type { Order, OrderRequest } from './Order.js'
import type { Refusal } from './Refusal.js'
import type { Need, Wallet } from './Wallet.js'

const against = (book: TradedBook, side: 'BUY' | 'SELL') => (side === 'BUY' ? book.asks : book.bids).levels()

/** The lots of a request: of a market order with a `cost`, as many as that buys. */
export const lotsOf = ({ quantity, cost, side }: OrderRequest, book: TradedBook, { tickLot }: Instrument): number =>
  cost === undefined ? quantity : lotsFor(against(book, side), Number(cost / tickLot))

/** What an order would cost: a limit order at its price, a market order at the prices that it would be filled at. */
const needOf = ({ side, quantity, price }: OrderRequest, book: TradedBook): Pick<Need, 'lots' | 'amount'> => {
  if (price !== undefined) return { lots: quantity, amount: quantity * price }
  const { quantity: lots, amount } = sweep(against(book, side), { side, quantity })
  return { lots, amount }
}

/** Why an order is refused, `mark` being the price of the market in ticks; `undefined` where it is not. */
export const refusalOf = (
  wallet: Wallet,
  open: Iterable<Order>,
  instrument: Instrument,
  request: OrderRequest,
  book: TradedBook,
  mark: number,
): Refusal | undefined => {
  const { side, quantity, clientOrderId, isReduceOnly } = request
  const orders = [...open]
  const openOrders = orders.filter((order) => order.instrument.symbol === instrument.symbol).length
  const failed = failedFilter(instrument.filters, request, { mark, openOrders, tickLot: instrument.tickLot })
  if (failed !== undefined) return failed
  if (orders.some((order) => order.clientOrderId === clientOrderId)) return { refusal: 'duplicate' }
  const held = wallet.holdings().find((holding) => holding.instrument.symbol === instrument.symbol)?.lots ?? 0
  const isReducing = side === 'BUY' ? -held >= quantity : held >= quantity
  if (isReduceOnly && !isReducing) return { refusal: 'reduceOnly' }
  return wallet.affords({ instrument, side, ...needOf(request, book) }) ? undefined : { refusal: 'insufficient' }
}
