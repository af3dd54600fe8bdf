import type { Values } from '../../codecs/Values.js'
import type { Signing } from '../../venues/RestTable.js'
import type { Desk } from './Desk.js'
import type { Execution } from './Execution.js'
import type { Instrument } from './Instrument.js'
import type { Order } from './Order.js'
import type { TimesInForce } from './readOrder.js'
import type { Fees, Wallet, WalletConfig } from './Wallet.js'

/** What an endpoint is for. */
export type Does =
  | 'place'
  | 'cancel'
  | 'cancelAll'
  | 'query'
  | 'openOrder'
  | 'openOrders'
  | 'allOrders'
  | 'account'
  | 'balance'
  | 'positions'

/** One call of a venue's REST interface that is about an account. */
export interface TradingEndpoint {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly signing: Signing
  readonly does: Does
  readonly weight: number
  /** What it costs without a symbol. Default: the same. */
  readonly weightOfAll?: number
}

/** How a venue writes an account. */
export interface AccountPages {
  readonly account?: (desk: Desk, account: string, now: number) => unknown
  readonly balance?: (desk: Desk, account: string, now: number) => unknown
  readonly positions?: (desk: Desk, account: string, symbol: string | undefined) => unknown
}

/** An account event by its `e`, with the names that its codec knows. */
type AccountEvent = readonly [e: string, event: unknown]

/** How accounts trade at a venue: everything that sets one apart from another, as data. */
export interface Trading {
  /** What an account has to hold to trade an instrument. */
  readonly assets: (instrument: Instrument) => readonly string[]
  readonly wallet: (config: WalletConfig) => Wallet
  readonly fees: Fees
  readonly firstOrderId: bigint
  readonly endpoints: readonly TradingEndpoint[]
  /** The parameter that names an order by the client's id. */
  readonly clientOrderId: string
  readonly timesInForce: TimesInForce
  /** An order as it was placed or cancelled, and as it is told. */
  readonly placed: (order: Order, isResult: boolean) => Values
  readonly told: (order: Order) => Values
  /** Several orders. */
  readonly list: (orders: readonly Values[]) => unknown
  /** What is answered where everything was cancelled. */
  readonly allCancelled: (orders: readonly Order[]) => unknown
  readonly pages: AccountPages
  /** What an answer stands in. */
  readonly wrapped: (value: unknown) => unknown
  readonly events: (execution: Execution) => readonly AccountEvent[]
  /** An event as it stands on the wire, where its codec cannot write it: a number beyond 2^53 is a bigint. */
  readonly wire: (data: Values) => Values
}
