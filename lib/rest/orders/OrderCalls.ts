import type { Observable, SchedulerLike } from 'rxjs'
import type { Id } from '../../codecs/Id.js'
import type { CallRow, OrderCallTable } from '../../venues/CallTable.js'
import type { Venue } from '../../venues/Venue.js'
import type { OrderCount } from './orderCounts.js'
import type { OrderClient } from './OrderClient.js'
import type { OrderResult } from './OrderResult.js'
import type { OrderState } from './OrderState.js'

/** Names an order: by the venue's id, or by the caller's. What `place` and `filled` give are names, too. */
export type OrderId = { readonly symbol: string } & (
  { readonly orderId: Id; readonly clientOrderId?: string } | { readonly clientOrderId: string; readonly orderId?: Id }
)

/** An order with its client order id, which was made where none was given. */
type Named<Order> = Omit<Order, 'clientOrderId'> & { readonly clientOrderId: string }

/** A venue's calls for orders. */
type Table<V extends Venue> = V extends { readonly calls: infer Calls extends OrderCallTable } ? Calls : OrderCallTable

type ParametersOf<Row> = Row extends CallRow ? Row['parameters']['_A'] : never
type AnswerOf<Row> = Row extends CallRow ? Row['answer']['_A'] : never

/** An order before it is placed, as a venue takes it. */
export type NewOrderOf<V extends Venue> = ParametersOf<Table<V>['place']>

/** An order as a venue answers it. */
export type OrderOf<V extends Venue> = AnswerOf<Table<V>['place']>

/** What every venue that takes orders can do with them. */
interface EveryVenue<V extends Venue> {
  /**
   * Places an order: emits once what became of it, and completes; it never errors. The order leaves once, however often
   * the Observable is subscribed to: where no answer came, the venue is asked by the client order id until it is certain
   * what became of it, and so it is where somebody subscribes again.
   *
   * With a `client`, it leaves when the account is carried, so that its reports are heard. Unsubscribing cancels what
   * waits, and does not cancel the order.
   *
   * @throws TypeError at once for a parameter that is missing, unknown, or not as it should be, or where nobody signs.
   */
  readonly place: (order: NewOrderOf<V>) => Observable<OrderResult<Named<OrderOf<V>>>>
  /**
   * Cancels an order that is open: emits once what became of that, and completes; it never errors. Sent once for each
   * call of `cancel`. Where no answer came, the venue is asked until the order is final, or it is certain that nothing
   * arrived.
   */
  readonly cancel: (order: OrderId) => Observable<OrderResult<OrderOf<V>>>
  /** Asks for an order: emits it, or `undefined` where the venue knows none, and completes. Errors with a `RestError`. */
  readonly status: (order: OrderId) => Observable<OrderOf<V> | undefined>
  /** Asks for the orders that are open, of one market or of all: emits them and completes. Errors with a `RestError`. */
  readonly open: (symbol?: string) => Observable<readonly OrderOf<V>[]>
  /** Makes a client order id: give it to an order to know its name before it is placed. */
  readonly clientOrderId: () => string
  /** What became of what was asked, counted by call and result: `metrics(client, { orders })` exports it. */
  readonly counts: () => readonly OrderCount[]
}

/** What venues can do that replace orders. */
interface Replacing<V extends Venue> {
  /**
   * Changes an open order, where the venue can, or places another one instead of it: emits once what became of that, and
   * completes; it never errors. Sent once for each call of `replace`.
   */
  readonly replace: (change: ParametersOf<Table<V>['replace']>) => Observable<OrderResult<OrderOf<V>>>
}

/** The orders of one account. */
export type OrderCalls<V extends Venue> = EveryVenue<V> &
  (Table<V> extends { readonly replace: CallRow } ? (OrderCallTable extends Table<V> ? object : Replacing<V>) : object)

/** The orders of one account, and what becomes of them. */
export type Orders<V extends Venue> = OrderCalls<V> & {
  /**
   * The life of one order, from what its calls answer and what the account's streams say, whichever comes first: the
   * present state at once, and each change. It completes with the state that is final, or when the client ends, and never
   * errors. It places nothing.
   *
   * ```
   * answers   ------N-----------------C       N: new, C: cancelled
   * account   ----N----P------P---------C     P: filled in part
   *           P---O----O------O-------(C|)    P: Pending, O: Open, C: Canceled
   * ```
   *
   * Whatever comes twice or late changes nothing: what was traded never gets less, and what is final stays. After a loss
   * of the account, where nothing was heard for `every` ms, and at first where the order was not placed here, the venue
   * is asked. Unsubscribing cancels a question under way and leaves no timer, and does not cancel the order.
   */
  readonly filled: (order: OrderId) => Observable<OrderState>
}

/** How orders are placed. Everything may be left out; times are in ms. */
export interface OrdersConfig {
  /** The client that hears of the account: then `filled` follows orders, and an order waits until the account is carried. */
  readonly client?: OrderClient
  /** Which account of the client it is, by the `name` of its communicator. Default: the only one. */
  readonly account?: string
  /** How long an order may wait for the account to be carried. Default: 10,000. */
  readonly maxWait?: number
  /**
   * How long after a request left it may still arrive: its signature holds for so long, and the venue works on it. What
   * the venue does not know of then never came to be. Longer than your `recvWindow`. Default: 30,000.
   */
  readonly window?: number
  /** An order that somebody follows is asked for when nothing was heard of it for so long. Default: 60,000. */
  readonly every?: number
  /** What waiting runs on. Default: the client's, or real time. */
  readonly scheduler?: SchedulerLike
  /** A source of chance, 0 up to but not including 1: client order ids are made by it. Default: `Math.random`. */
  readonly random?: () => number
}
