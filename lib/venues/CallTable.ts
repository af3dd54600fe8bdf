import type { AnyCodec } from '../codecs/Codec.js'
import type { WireField } from '../codecs/WireField.js'

/** The parameters of a call: readable names, each with its key on the wire. */
export interface AnyParameters extends AnyCodec {
  /** The table, taken apart. */
  readonly fields: readonly WireField[]
}

/** One call of a venue's REST interface: what it asks, what it answers, and what it costs. */
export interface CallRow {
  /** The method of HTTP; with `rpc`, `POST`. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /**
   * Where it stands behind the `base` of a version, `'order'`; with a slash at its head, as a whole. By version, where it
   * is not at the same place in each: a version that is missing does not have it.
   */
  readonly path: string | Readonly<Record<string, string>>
  /** Where it is asked. Default: where the venue's other calls are. */
  readonly endpoint?: string
  /** What it is asked with: each parameter is checked before the request leaves. */
  readonly parameters: AnyParameters
  /** What is read of the answer. */
  readonly answer: AnyCodec
  /** What it costs of the venue's budget. */
  readonly weight: number
  /** What it costs without a symbol. Default: the same. */
  readonly weightOfAll?: number
  /** What it proves itself by. Default: a signature. */
  readonly authentication?: 'none' | 'apiKey'
  /** Asking twice does what asking once does. Default: true for GET, false for everything else. */
  readonly isIdempotent?: true
  /** Parameters that go along always. */
  readonly always?: Readonly<Record<string, string>>
  /** The method of JSON-RPC that it is: its parameters are a list in the order of their table, and then `'latest'`. */
  readonly rpc?: string
  /** It makes an order, which has a client order id of its own, where it would change one. */
  readonly isNewOrder?: true
}

/** A venue's calls by name; the name of a call is the same at every venue that has it. */
export type CallTable = Readonly<Record<string, CallRow>>

/** The calls of a venue that takes orders. */
export interface OrderCallTable extends CallTable {
  /** Places an order; it answers the order. */
  readonly place: CallRow
  /** Cancels an order that is open; it answers the order. */
  readonly cancel: CallRow
  /** One order. */
  readonly order: CallRow
  /** Those that are open: a list. */
  readonly openOrders: CallRow
}

/** Why a venue does not do what it was asked to do with an order. */
export type RefusalReason =
  /** Not enough free balance or margin. */
  | 'insufficient'
  /** An open order has this client order id. */
  | 'duplicate'
  /** No such order, or none that is open. */
  | 'unknownOrder'
  /** Price, quantity or their product is not what the market takes: its filters, its precision, its limits. */
  | 'filter'
  /** It would have traded at once, and was not to, or it would have been triggered at once. */
  | 'immediate'
  /** It could not be filled as it was to be. */
  | 'unfillable'
  /** It may only make a position smaller, and would not, or the position is not what it says. */
  | 'position'
  /** Too many orders are open, or were placed. */
  | 'tooManyOrders'
  /** No such market, or one that is closed. */
  | 'symbol'
  /** A parameter is missing, unknown, or not as it should be. */
  | 'malformed'
  /** The venue takes nothing more from this address for a while. */
  | 'rateLimited'
  /** Key, signature, address or permission was refused. */
  | 'credentials'
  /** Our clock was refused, after it had been set, too. */
  | 'clock'
  /** It never left: it waited too long for the budget, or for the account to be carried. */
  | 'notSent'
  /** It left and never arrived: the venue did not know of it when it could not arrive any more. */
  | 'lost'
  /** Anything else: `code` and `text` are the venue's. */
  | 'other'

/** Codes of a venue's errors, and why an order was refused where one of them came. */
export interface RefusalRow {
  /** The venue's codes that it is about. */
  readonly codes: readonly number[]
  /** What stands in the error's text, in any case, where the code alone does not say it. */
  readonly words?: string
  /** What they mean. */
  readonly reason: RefusalReason
}

/** How a venue takes orders, beside its calls. */
export interface OrderRules {
  /** What a client order id may be. */
  readonly clientOrderId: RegExp
  /** What the venue's errors mean: the first row that fits. */
  readonly refusals: readonly RefusalRow[]
  /** Errors after which nobody knows whether it was done, beside those with an HTTP status from 500 on. */
  readonly unknownCodes: readonly number[]
}
