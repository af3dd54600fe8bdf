import type * as t from 'io-ts'
import type { Observable } from 'rxjs'
import type { RestPaths } from '../venues/RestTable.js'
import type { Venue } from '../venues/Venue.js'
import type { Parameters } from './Parameters.js'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** How a request is made. Everything may be left out. */
export interface RequestConfig {
  /** What it proves itself by: nothing, the API key in a header, or a signature. Default: `none`. */
  readonly authentication?: 'none' | 'apiKey' | 'signed'
  /** What it costs, as the venue's documentation says. Default: 1. */
  readonly weight?: number
  /**
   * True where sending it twice does what sending it once does: then it is sent again when it fails.
   * Default: true for GET, false for everything else.
   */
  readonly idempotent?: boolean
  /** How long an answer may take, in ms, from when it left. Default: the rest's. */
  readonly timeout?: number
  /** How long it may wait before it leaves, in ms. Default: the rest's; for what is not idempotent, `timeout`. */
  readonly maxWait?: number
}

/** A question and its answer. */
export interface Exchange<A> {
  readonly value: A
  /** The body as it came. */
  readonly text: string
  /** When it left and when the whole answer was here, in ms since 1970 by our clock. */
  readonly sentAt: number
  readonly receivedAt: number
}

/** Sends a request; `Made` is what it gives. */
type Ask<Made extends 'value' | 'exchange'> = <A>(
  method: Method,
  path: string,
  parameters: Parameters,
  codec: t.Decoder<unknown, A>,
  options?: RequestConfig,
) => Observable<Made extends 'value' ? A : Exchange<A>>

/** A venue's REST interface: one budget, one clock, one line for all who use it. */
export interface Rest {
  readonly venue: Venue
  /** `v3`. */
  readonly version: string
  /** Where the calls of this version are. */
  readonly paths: RestPaths
  /**
   * One request per subscription: emits the decoded answer and completes. Unsubscribing cancels it wherever it is.
   *
   * What is idempotent is sent again, with growing waits, while that can help; anything else, an order, leaves at most
   * once. The one exception: where the venue refused our clock, nothing was done, and it is signed again and sent once
   * more. Errors with a `RestError`. GET and DELETE carry their parameters in the address, POST and PUT in the body.
   *
   * Where the venue sends numbers beyond what a JSON number holds (`losslessIds`: BingX), those come as texts, digit for
   * digit: `orderId: t.string`; so do bare numbers with a point.
   *
   * ```ts
   * const Trades = t.array(t.type({ id: t.number, price: t.string, qty: t.string }))
   * rest.request('GET', '/fapi/v3/trades', { symbol: 'BTCUSDT', limit: 10 }, Trades)
   *
   * const Order = t.type({ orderId: t.number, status: t.string })
   * const order = { symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: '0.001', price: '50000' }
   * rest.request('POST', '/fapi/v3/order', order, Order, { authentication: 'signed' })
   * ```
   *
   * @throws TypeError at once for a path that holds a query, a weight that no minute allows, or missing credentials.
   */
  readonly request: Ask<'value'>
  /** As `request`, with the text of the answer and the times. */
  readonly exchange: Ask<'exchange'>
}
