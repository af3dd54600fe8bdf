import type { TradedBook } from '../market/matching.js'
import { lotsFor, sweep } from '../market/sweep.js'
import { failedFilter } from './Filters.js'
import type { Instrument } from './Instrument.js'
import type { Order, OrderRequest } from './Order.js'
import type { Reason, Refusal } from './Refusal.js'
import { isReached } from './Trigger.js'
import type { Need, Wallet } from './Wallet.js'

const against = (book: TradedBook, side: 'BUY' | 'SELL') => (side === 'BUY' ? book.asks : book.bids).levels()

/** The lots of a request: of a market order with a `cost`, as many as that buys. */
export const lotsOf = ({ quantity, cost, side }: OrderRequest, book: TradedBook, { tickLot }: Instrument): number =>
  cost === undefined ? quantity : lotsFor(against(book, side), Number(cost / tickLot))

/** What an order would cost: with a price at that, else at the prices that it would be filled at. */
export const needOf = (
  { side, quantity }: Pick<OrderRequest, 'side' | 'quantity'>,
  price: number | undefined,
  book: TradedBook,
): Pick<Need, 'lots' | 'amount'> => {
  if (price !== undefined) return { lots: quantity, amount: Math.ceil(quantity * price) }
  const { quantity: lots, amount } = sweep(against(book, side), { side, quantity })
  return { lots, amount }
}

/** How many lots of its position an order may close. */
export const closable = (
  wallet: Wallet,
  { side, positionSide = 'BOTH' }: Pick<OrderRequest, 'side' | 'positionSide'>,
  { symbol }: Instrument,
): number => {
  const held = wallet
    .holdings()
    .find((holding) => holding.instrument.symbol === symbol && holding.positionSide === positionSide)
  const lots = held?.lots ?? 0
  return Math.max(0, side === 'BUY' ? -lots : lots)
}

/** Which times in force a venue refuses where they cannot be kept at once; the others expire. */
export type RefusedTimes = Readonly<Partial<Record<OrderRequest['timeInForce'], Reason>>>

/** What a request is held against. */
export interface Circumstances {
  readonly wallet: Wallet
  readonly open: Iterable<Order>
  readonly instrument: Instrument
  readonly book: TradedBook
  /** In ticks. */
  readonly mark: number
  /** The price of the last trade, in ticks. */
  readonly last: number
  readonly refusedTimes: RefusedTimes
}

/** Whether the request fits the positions that there are. */
const ofPosition = (request: OrderRequest, { wallet, instrument }: Circumstances): Refusal | undefined => {
  const { side, quantity, positionSide = 'BOTH', isReduceOnly, isCloseAll } = request
  const isDual = wallet.margin?.isDualSide() === true
  if (isDual === (positionSide === 'BOTH')) return { refusal: 'positionSide' }
  if (isDual && isReduceOnly && isCloseAll === undefined) return { refusal: 'unwanted', detail: 'reduceonly' }
  const isClosing = positionSide === (side === 'BUY' ? 'SHORT' : 'LONG')
  if (isDual && isCloseAll && !isClosing) return { refusal: 'reduceOnly' }
  // What is not in force yet is looked at when it is.
  if (request.trigger !== undefined || !(isReduceOnly || isClosing)) return undefined
  return closable(wallet, request, instrument) >= quantity ? undefined : { refusal: 'reduceOnly' }
}

/** Why it cannot be, as the market is: it would be set off at once, or not be filled as it should. */
const ofMarket = (request: OrderRequest, { book, mark, last, refusedTimes }: Circumstances): Refusal | undefined => {
  const { side, quantity, trigger, timeInForce } = request
  if (trigger !== undefined) {
    const { by, to, trailing } = trigger
    const market = by === 'mark' ? mark : last
    const begin = trailing?.activation
    const isBegun = begin !== undefined && (to === 'rise' ? begin >= market : begin <= market)
    return isBegun || isReached(trigger, market) ? { refusal: 'triggers' } : undefined
  }
  const refusal = refusedTimes[timeInForce]
  if (refusal === undefined) return undefined
  const taken = sweep(against(book, side), request).quantity
  return (timeInForce === 'GTX' ? taken === 0 : taken === quantity) ? undefined : { refusal }
}

/** Why an order is refused; `undefined` where it is not. */
export const refusalOf = (request: OrderRequest, circumstances: Circumstances): Refusal | undefined => {
  const { wallet, instrument, book, mark } = circumstances
  const { side, clientOrderId, trigger, price = trigger?.price } = request
  const orders = [...circumstances.open]
  const openOrders = orders.filter((order) => order.instrument.symbol === instrument.symbol).length
  const failed = failedFilter(instrument.filters, request, { mark, openOrders, tickLot: instrument.tickLot })
  if (failed !== undefined) return failed
  if (orders.some((order) => order.clientOrderId === clientOrderId)) return { refusal: 'duplicate' }
  const misfit = ofPosition(request, circumstances) ?? ofMarket(request, circumstances)
  if (misfit !== undefined) return misfit
  const need = { instrument, side, ...needOf(request, price, book), isWaiting: trigger !== undefined }
  const { positionSide } = request
  return wallet.affords({ ...need, ...(positionSide && { positionSide }) }) ? undefined : { refusal: 'insufficient' }
}
