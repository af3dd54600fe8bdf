import type { Values } from '../../codecs/Values.js'
import type { Signing } from '../../venues/RestTable.js'
import type { RefusedTimes } from '../exchange/acceptance.js'
import type { AccountChange } from '../exchange/AccountChange.js'
import type { Execution, OwnTrade } from '../exchange/Execution.js'
import type { Instrument } from '../exchange/Instrument.js'
import { moneyText } from '../exchange/Money.js'
import type { Order } from '../exchange/Order.js'
import type { OrderEntry } from '../exchange/orderEntry.js'
import type { OrderDialect, Parameter } from '../exchange/readOrder.js'
import type { Refusal } from '../exchange/Refusal.js'
import type { Fees, Wallet, WalletConfig } from '../exchange/Wallet.js'

/** How accounts trade at a venue: the calls, what they answer, and the events that follow. */
export interface Trading extends OrderDialect {
  /** The assets that an account needs to trade an instrument. */
  readonly assets: (instrument: Instrument) => readonly string[]
  readonly wallet: (config: WalletConfig) => Wallet
  readonly fees: Fees
  readonly firstOrderId: bigint
  readonly endpoints: readonly TradingEndpoint[]
  /** The parameter that names an order by the client's id. */
  readonly clientOrderId: string
  /** An order as the call that places it answers: `respType` is the form that the client asked for. */
  readonly placed: (order: Order, respType: string | null, fills: readonly OwnTrade[]) => Values
  readonly cancelled: (order: Order) => Values
  /** An order as the calls that query it answer. */
  readonly queried: (order: Order) => Values
  /** Several queried orders. */
  readonly list: (orders: readonly Values[]) => unknown
  /** The answer after all open orders were cancelled. */
  readonly allCancelled: (orders: readonly Order[]) => unknown
  readonly events: (execution: Execution) => readonly AccountEvent[]
  /** What an account hears of what it changed of itself. Default: nothing. */
  readonly changeEvents?: (change: AccountChange) => readonly AccountEvent[]
  /** Orders that are refused where they cannot be kept at once. Default: they expire. */
  readonly refusedTimes?: RefusedTimes
  /** How orders are replaced. Default: they are not. */
  readonly replacing?: Replacing
  /** The orders that the calls for orders know nothing of. Default: they know all. */
  readonly isElsewhere?: (order: Order) => boolean
  /** How several orders are placed and cancelled by one call. Default: they are not. */
  readonly batches?: Batches
  /** An event as it stands on the wire, where its codec cannot write it: a number beyond 2^53 is a bigint. */
  readonly wire: (data: Values) => Values
}

/** The parameters of a call that replaces an order. */
interface Replacing {
  readonly clientOrderId: string
  /** That gives the cancellation an id of the client's. Default: there is none. */
  readonly cancellationId?: string
}

/** The parameters of calls about several orders. */
interface Batches {
  /** Orders to be placed: a list of their parameters, as JSON. */
  readonly orders: string
  readonly mostOrders: number
  /** Ids of orders to be cancelled: lists, as JSON or with commas. */
  readonly orderIds: string
  readonly clientOrderIds: string
  readonly mostIds: number
  /** The answer. */
  readonly list: (answers: readonly Values[]) => unknown
}

/** What an endpoint does. */
export type Operation =
  | 'place'
  | 'test'
  | 'amend'
  | 'replace'
  | 'cancel'
  | 'cancelAll'
  | 'query'
  | 'openOrder'
  | 'openOrders'
  | 'allOrders'
  | 'placeMany'
  | 'amendMany'
  | 'cancelMany'

/** What a call of an account is answered from. */
export interface AccountCall {
  readonly entry: OrderEntry
  readonly trading: Trading
  readonly account: string
  readonly get: Parameter
  /** What the call names, which is traded here; empty where it names none. */
  readonly symbol: string
  /** Milliseconds since 1970. */
  readonly now: number
  /** Does something once, so many ms from now, in place of what waits under this name; for 0 ms nothing does. */
  readonly later: (name: string, ms: number, work: () => void) => void
  /** A refusal as it stands in an answer. */
  readonly errorOf: (refusal: Refusal) => Values
}

/** Answers a call of an account by a value, or refuses it. */
export type AccountAnswer = (call: AccountCall) => unknown

/** As it is, for calls that name a symbol. */
export const ofOwnSymbol =
  (answer: AccountAnswer): AccountAnswer =>
  (call) =>
    call.symbol === '' ? ({ refusal: 'missing', detail: 'symbol' } satisfies Refusal) : answer(call)

/** One call of a venue's REST interface that is about an account. */
export interface TradingEndpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly signing: Signing
  /** A function where the answer is the venue's own. */
  readonly operation: Operation | AccountAnswer
  readonly weight: number
  /** The weight without a symbol. Default: the same. */
  readonly weightOfAll?: number
}

/** An account event by its `e`, with the names that its codec knows. */
type AccountEvent = readonly [e: string, event: unknown]

/** An endpoint of one version, in short. */
export type EndpointRow = readonly [
  method: TradingEndpoint['method'],
  name: string,
  operation: TradingEndpoint['operation'],
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
