import type { Decimal } from '../../codecs/Decimal.js'
import type { Id } from '../../codecs/Id.js'
import type { OrderStatus } from '../../events/enumerations.js'
import type { Refused } from './OrderResult.js'

/** What is known of an order whatever it does. */
interface Known {
  /** The market: `BTCUSDT`, on BingX `BTC-USDT`. */
  readonly symbol: string
  /** The caller's id of the order; absent where only the venue's was given, and the venue does not say. */
  readonly clientOrderId?: string
  /** The venue's id of the order; absent until the venue has said it. */
  readonly orderId?: Id
}

/** What the venue said of an order. */
interface Said extends Known {
  readonly orderId: Id
  /** As the venue writes it: `PARTIALLY_FILLED`. */
  readonly status: OrderStatus
  /** In the base asset. */
  readonly quantity: Decimal
  /** The limit price, in the quote asset; 0 where there is none. */
  readonly price: Decimal
  /** Traded so far, in the base asset: it never gets less. */
  readonly filledQuantity: Decimal
  /** Paid or earned so far, in the quote asset; absent where the venue does not say. */
  readonly filledQuote?: Decimal
  /** The average price of what was traded; absent where the venue does not say. */
  readonly averagePrice?: Decimal
  /** When the order changed last, ms since 1970 (UTC); absent where the venue does not say. */
  readonly transactionTime?: number
}

/**
 * The life of an order: it only ever goes to the right, and ends there.
 *
 * ```
 *  Pending ──► Open ──► Filled · Canceled · Expired
 *     └──────────────► Rejected
 * ```
 *
 * - `Pending`: the venue has not said anything of it.
 * - `Open`: it waits or is filled in part, and may still trade.
 * - `Filled`, `Canceled`, `Expired`: it trades no more; `filledQuantity` is what it traded.
 * - `Rejected`: there is no such order, and never was; `refusal` says why, where the venue said it to us.
 */
export type OrderState =
  | (Known & { readonly _tag: 'Pending' })
  | (Said & { readonly _tag: 'Open' | 'Filled' | 'Canceled' | 'Expired' })
  | (Known & { readonly _tag: 'Rejected'; readonly refusal?: Refused })

/** True where an order can change no more. */
export const isFinalOrder = ({ _tag }: OrderState): boolean => _tag !== 'Pending' && _tag !== 'Open'
