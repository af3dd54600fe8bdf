import type * as t from 'io-ts'
import type { Observable, SchedulerLike } from 'rxjs'
import type { OnProgress } from '../timing/RequestProgress.js'
import type { RestPaths } from '../venues/RestTable.js'
import type { MeasuredClock, VenueClock } from '../timing/venueClock.js'
import type { Venue } from '../venues/Venue.js'
import type { RestPause } from './address.js'
import type { Budget, Usage } from './createBudget.js'
import type { Fetch } from './fetchText.js'
import type { Parameters } from './Parameters.js'
import type { Method, Signer } from './sign.js'

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
  /**
   * How long it may wait before it leaves, in ms; what may wait for ever, `Infinity`, lets go first what may not.
   * Default: the rest's; for what is not idempotent, `timeout`.
   */
  readonly maxWait?: number
  /** Is told how the request gets on: that it waits, leaves, or failed and will leave again. */
  readonly onProgress?: OnProgress
  /** What is sent as a body of JSON; there are no parameters then, and no signature. Default: parameters are sent. */
  readonly json?: unknown
  /** Another address, `https://host`, which has a budget of its own. Default: the rest's. */
  readonly endpoint?: string
}

/** What a request brought. */
export interface RestResponse<A> {
  /** The decoded body. */
  readonly value: A
  /** The body as it came. */
  readonly text: string
  /** When it left, in ms since 1970 by our clock. */
  readonly sentAt: number
  /** When the whole answer was here, in ms since 1970 by our clock. */
  readonly receivedAt: number
}

/** Sends a request; `Given` is what it gives. */
type Ask<Given extends 'value' | 'response'> = <A>(
  method: Method,
  path: string,
  parameters: Parameters,
  codec: t.Decoder<unknown, A>,
  options?: RequestConfig,
) => Observable<Given extends 'value' ? A : RestResponse<A>>

/** A venue's REST interface: one budget, one clock, one queue for all who use it. */
export interface Rest<V extends Venue = Venue> {
  /** Whose interface it is. */
  readonly venue: V
  /** What signs its requests, where there is something; it shows no secret. */
  readonly signer?: Signer
  /** `v3`. */
  readonly version: string
  /** Where the calls of this version are. */
  readonly paths: RestPaths
  /** The venue's time, and how far it is ahead of ours, measured by the `Date` of each answer and by its server time. */
  readonly venueClock: VenueClock
  /**
   * Emits whenever the venue said that it takes nothing more from our address for a while, whoever had asked it: nothing
   * leaves for so long. Never completes; unsubscribing leaves nothing behind.
   */
  readonly pause$: Observable<RestPause>
  /** What is used of the weight that all who ask this address share, and how many requests wait for it. */
  readonly usage: () => Usage
  /** Counts what was asked elsewhere of the same budget, on a WebSocket: it does not wait, and what comes after it does. */
  readonly spend: (weight: number) => void
  /**
   * One request per subscription: emits the decoded answer and completes. Unsubscribing cancels it wherever it is.
   *
   * What is idempotent is sent again, with growing waits, while that can help; anything else, an order, leaves at most
   * once. The one exception: where the venue refused our clock, nothing was done, and it is signed again and sent once
   * more. Errors with a `RestError`. GET and DELETE carry their parameters in the address, POST and PUT in the body.
   *
   * A whole number beyond 2^53 - 1 comes as its text, digit for digit, and every other number as a number: `orderId: Id`
   * takes both, `t.number` refuses the long one. Of BingX (`losslessIds`) numbers with a point come as texts, too.
   *
   * ```ts
   * const Trades = t.array(t.type({ id: t.number, price: t.string, qty: t.string }))
   * rest.request('GET', '/fapi/v3/trades', { symbol: 'BTCUSDT', limit: 10 }, Trades)
   *
   * const Order = t.type({ orderId: Id, status: t.string })
   * const order = { symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: '0.001', price: '50000' }
   * rest.request('POST', '/fapi/v3/order', order, Order, { authentication: 'signed' })
   * ```
   *
   * @throws TypeError at once for a path that holds a query, a weight that no minute allows, or missing credentials.
   */
  readonly request: Ask<'value'>
  /** As `request`, with the text of the answer and the times. */
  readonly response: Ask<'response'>
}

/** How often what is idempotent is sent again, and after which waits. */
export interface RestRetry {
  /** Default: 3. */
  readonly count?: number
  /** Before the first, in ms; doubled each time, and cut by up to a half by chance. Default: 500. */
  readonly delay?: number
  /** Never longer than this, in ms, unless the venue asks for more. Default: 30,000. */
  readonly maxDelay?: number
}

/** How requests are made. Everything but `venue` may be left out; times are in ms. */
export interface RestConfig<V extends Venue = Venue> {
  /** Whose interface it is. */
  readonly venue: V
  /**
   * Another address of the venue: `http://127.0.0.1:8080`. Default: the venue's own, and, where it has two, the other one
   * after no answer came.
   */
  readonly endpoint?: string
  /** `v1`, `v3`. Default: the first that fits the credentials; without any, the first. */
  readonly version?: string
  /** Signs what is to be signed. */
  readonly signer?: Signer
  /** For what needs no more than the key in a header. Default: the signer's, where it has one. */
  readonly apiKey?: string
  /** How long an answer may take. Default: 10,000. */
  readonly timeout?: number
  /** How long what is idempotent may wait before it leaves. Default: 120,000. */
  readonly maxWait?: number
  /** How what is idempotent is sent again. */
  readonly retry?: RestRetry
  /** What may be spent in a minute. Default: the venue's `limits.weightPerMinute`, for all who ask this address by the same `fetch`. */
  readonly budget?: Budget
  /** How many requests may be under way. Default: 50. */
  readonly maxInFlight?: number
  /** How many more may wait for their turn. Default: 10,000. */
  readonly maxWaiting?: number
  /** The longest body of an answer, in bytes; a longer one is a failure. Default: 16 MiB. */
  readonly maxBody?: number
  /** Default: the global one. */
  readonly fetch?: Fetch
  /** What all waiting runs on. Default: real time. */
  readonly scheduler?: SchedulerLike
  /** Where the venue's time is measured, by the times that its answers tell. Default: one of its own. */
  readonly venueClock?: MeasuredClock
  /** A source of chance, 0 up to but not including 1. Default: `Math.random`. */
  readonly random?: () => number
}
