import type { Values } from '../../codecs/Values.js'
import type { Signing } from '../../venues/RestTable.js'
import type { Execution } from '../exchange/Execution.js'
import type { Instrument } from '../exchange/Instrument.js'
import { moneyText } from '../exchange/Money.js'
import type { Order } from '../exchange/Order.js'
import type { OrderEntry } from '../exchange/orderEntry.js'
import type { TimesInForce } from '../exchange/readOrder.js'
import type { Fees, Wallet, WalletConfig } from '../exchange/Wallet.js'

/** How accounts trade at a venue: the calls, what they answer, and the events that follow. */
export interface Trading {
  /** The assets that an account needs to trade an instrument. */
  readonly assets: (instrument: Instrument) => readonly string[]
  readonly wallet: (config: WalletConfig) => Wallet
  readonly fees: Fees
  readonly firstOrderId: bigint
  readonly endpoints: readonly TradingEndpoint[]
  /** The parameter that names an order by the client's id. */
  readonly clientOrderId: string
  readonly timesInForce: TimesInForce
  /** An order as the calls that place or cancel it answer; `isResult` where the client asked for the result. */
  readonly placed: (order: Order, isResult: boolean) => Values
  /** An order as the calls that query it answer. */
  readonly queried: (order: Order) => Values
  /** Several queried orders. */
  readonly list: (orders: readonly Values[]) => unknown
  /** The answer after all open orders were cancelled. */
  readonly allCancelled: (orders: readonly Order[]) => unknown
  readonly pages: AccountPages
  /** The envelope of every answer. */
  readonly wrapped: (value: unknown) => unknown
  readonly events: (execution: Execution) => readonly AccountEvent[]
  /** An event as it stands on the wire, where its codec cannot write it: a number beyond 2^53 is a bigint. */
  readonly wire: (data: Values) => Values
}

/** What an endpoint does. */
export type Operation =
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
  readonly operation: Operation
  readonly weight: number
  /** The weight without a symbol. Default: the same. */
  readonly weightOfAll?: number
}

/** An account event by its `e`, with the names that its codec knows. */
type AccountEvent = readonly [e: string, event: unknown]

/** How a venue writes an account. */
export interface AccountPages {
  readonly account?: (entry: OrderEntry, account: string, now: number) => unknown
  readonly balance?: (entry: OrderEntry, account: string, now: number) => unknown
  readonly positions?: (entry: OrderEntry, account: string, symbol: string | undefined) => unknown
}

/** An endpoint of one version, in short. */
export type EndpointRow = readonly [
  method: TradingEndpoint['method'],
  name: string,
  operation: Operation,
  weight: number,
  weightOfAll?: number,
]

/** The endpoints under one prefix. */
export const endpointsUnder = (
  prefix: string,
  signing: Signing,
  rows: readonly EndpointRow[],
): readonly TradingEndpoint[] =>
  rows.map(([method, name, operation, weight, weightOfAll = weight]) => ({
    method,
    path: `${prefix}/${name}`,
    signing,
    operation,
    weight,
    weightOfAll,
  }))

/** The balances of a wallet as decimals. */
export const balanceFields = (balances: ReturnType<Wallet['balances']>) =>
  balances.map(({ asset, free, locked }) => ({ asset, free: moneyText(free), locked: moneyText(locked) }))

/** The balances of an instrument's two assets. */
export const pairBalances = (wallet: Wallet, { instrument: { base, quote } }: Order) =>
  wallet.balances().filter(({ asset }) => asset === base || asset === quote)
