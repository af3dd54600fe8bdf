import type { Decimal } from '../codecs/Decimal.js'
import { IdOrText, type Id } from '../codecs/Id.js'
import { isValues } from '../codecs/Values.js'
import type { OrderStatus, OrderType, Side } from '../events/enumerations.js'

/** What is known of an order at a moment, whoever said it: an event of the account, or the answer to a call. */
export interface OrderReport {
  /** The market: `BTCUSDT`, on BingX `BTC-USDT`. */
  readonly symbol: string
  /** The venue's id of the order. */
  readonly orderId: Id
  /** The caller's id of the order; absent where the venue does not say. */
  readonly clientOrderId?: string
  /** Whether the order buys or sells. */
  readonly side: Side
  /** As the venue writes it; `LIMIT`, for instance. */
  readonly orderType: OrderType
  /** As the venue writes it; `CANCELED`, for instance. */
  readonly status: OrderStatus
  /** In the base asset. */
  readonly quantity: Decimal
  /** The limit price, in the quote asset; 0 where there is none. */
  readonly price: Decimal
  /** Traded so far, in the base asset. */
  readonly filledQuantity: Decimal
  /** Paid or earned so far, in the quote asset; absent where the venue does not say. */
  readonly filledQuote?: Decimal
  /** The average price of what was traded; absent where the venue does not say. */
  readonly averagePrice?: Decimal
  /** When the order changed, ms since 1970 (UTC); absent where the venue does not say. */
  readonly transactionTime?: number
}

/** Whether a value says of an order what every report says. */
export const isOrderReport = (u: unknown): u is OrderReport =>
  isValues(u) &&
  [u['symbol'], u['status'], u['quantity'], u['price'], u['filledQuantity']].every(
    (text) => typeof text === 'string',
  ) &&
  IdOrText.is(u['orderId'])
