import type { NumberedFill } from '../market/tape.js'
import type { Instrument } from './Instrument.js'
import type { Order, OrderRequest } from './Order.js'
import type { Refusal } from './Refusal.js'
import type { Wallet } from './Wallet.js'

/** Names an order: by the venue's id, or by the client's. */
export interface Which {
  readonly orderId?: string
  readonly clientOrderId?: string
}

/** Where accounts trade. */
export interface Desk {
  /** The order as it is once it has taken what there was. */
  readonly place: (account: string, symbol: string, request: OrderRequest) => Order | Refusal
  readonly cancel: (account: string, symbol: string, which: Which) => Order | Refusal
  readonly cancelAll: (account: string, symbol: string | undefined) => readonly Order[]
  readonly find: (account: string, symbol: string, which: Which) => Order | undefined
  /** The orders of an account that are remembered, oldest first. */
  readonly orders: (account: string, symbol?: string) => readonly Order[]
  readonly wallet: (account: string) => Wallet
  /** Trades that the market brought: whoever's orders waited there, has them filled. */
  readonly settle: (symbol: string, at: number, fills: readonly NumberedFill[]) => void
  /** Somebody without an account takes this order, and all that go before it; so many lots of it, at most. */
  readonly fill: (order: Order, lots: number) => void
  readonly instrument: (symbol: string) => Instrument | undefined
  /** The middle between the best prices, in ticks. */
  readonly mark: (symbol: string) => number
}
