import type { Decimal } from '../../codecs/Decimal.js'
import type { NumberedFill } from '../market/tradeLog.js'
import type { Instrument } from './Instrument.js'
import { moneyText, ONE, type Money } from './Money.js'
import type { Trigger } from './Trigger.js'

/** Which of a contract's positions is meant: the only one, or one of two where long and short are kept apart. */
export type PositionSide = 'BOTH' | 'LONG' | 'SHORT'

/** A request for a new order. */
export interface OrderRequest {
  readonly side: 'BUY' | 'SELL'
  /** As the venue calls it: `LIMIT`, `STOP_MARKET`. */
  readonly type: string
  readonly timeInForce: 'GTC' | 'IOC' | 'FOK' | 'GTX'
  /** In lots; of a market order with a `cost`, as many as that buys, and of one that closes a position, all that it has. */
  readonly quantity: number
  /** In ticks; none for an order that takes what there is. */
  readonly price?: number
  /** What a market order may spend of the quote asset. */
  readonly cost?: Money
  /** Default: one that the venue makes. */
  readonly clientOrderId?: string
  /** What sets it off. Default: it is in force at once. */
  readonly trigger?: Trigger
  /** Default: `BOTH`. */
  readonly positionSide?: PositionSide
  readonly isReduceOnly: boolean
  /** It closes its position, whatever that is then. */
  readonly isCloseAll?: true
}

/** An order of an account, as it is at a moment. */
export interface Order extends Omit<OrderRequest, 'clientOrderId'> {
  readonly instrument: Instrument
  readonly account: string
  /** Digits; beyond 2^53 where the venue's are. */
  readonly orderId: bigint
  /** Its number in the book; absent while it waits for its trigger. */
  readonly bookId?: number
  readonly clientOrderId: string
  readonly status: 'NEW' | 'PARTIALLY_FILLED' | 'FILLED' | 'CANCELED' | 'EXPIRED'
  /** In lots. */
  readonly filled: number
  /** What the fills add up to, in ticks times lots. */
  readonly amount: number
  /** The client's id of its cancellation, once it was cancelled. */
  readonly cancellationId?: string
  readonly createdAt: number
  readonly updatedAt: number
}

/** Names an order: by the venue's id, or by the client's. */
export interface OrderName {
  readonly orderId?: string
  readonly clientOrderId?: string
}

/** The lots that are not filled yet. */
export const openLots = ({ quantity, filled }: Pick<Order, 'quantity' | 'filled'>): number => quantity - filled

export const isOpen = ({ status }: Pick<Order, 'status'>): boolean => status === 'NEW' || status === 'PARTIALLY_FILLED'

/** Whether it still waits for the market to come to its trigger. */
export const isWaiting = (order: Order): boolean => isOpen(order) && order.bookId === undefined

/** What an order is: as the venue calls it, or, once it was set off, what it was from then on. */
export const typeInForce = ({ type, trigger, price, bookId }: Order): string => {
  if (trigger === undefined || bookId === undefined) return type
  return price === undefined ? 'MARKET' : 'LIMIT'
}

/** The order after a fill. */
export const withOrderFill = (order: Order, { price, quantity }: NumberedFill, at: number): Order => {
  const filled = order.filled + quantity
  return {
    ...order,
    filled,
    amount: order.amount + price * quantity,
    status: filled === order.quantity ? 'FILLED' : 'PARTIALLY_FILLED',
    updatedAt: at,
  }
}

/** The average price of the fills, truncated to so many digits; 0 before the first fill. */
export const averagePrice = ({ instrument, filled, amount }: Order, digits: number): Decimal => {
  const average = filled === 0 ? 0n : (BigInt(amount) * instrument.tickLot * ONE) / (BigInt(filled) * instrument.lot)
  return moneyText(average, digits)
}
