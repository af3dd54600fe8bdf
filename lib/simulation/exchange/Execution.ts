import type { Order } from './Order.js'
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
  /** Ms since 1970, by the market's clock. */
  readonly at: number
  readonly type: 'NEW' | 'TRADE' | 'CANCELED' | 'EXPIRED'
  /** As it is after. */
  readonly order: Order
  readonly trade?: OrderTrade
  /** The account's, as it is after; it changes with the next execution. */
  readonly wallet: Wallet
}
