import {
  asyncScheduler,
  catchError,
  defaultIfEmpty,
  defer,
  filter,
  finalize,
  map,
  of,
  switchMap,
  take,
  tap,
  throwError,
  type Observable,
} from 'rxjs'
import { aRest, anObject, came, checked, maybe, type Expected } from '../../codecs/checked.js'
import { compareDecimals } from '../../codecs/compareDecimals.js'
import { IdOrText } from '../../codecs/Id.js'
import { isValues, type Values } from '../../codecs/Values.js'
import { within } from '../../timing/wait.js'
import type { CallRow, CallTable, OrderCallTable, OrderRules } from '../../venues/CallTable.js'
import { isOrderReport, type OrderReport } from '../../venues/OrderReport.js'
import type { Venue } from '../../venues/Venue.js'
import { callOf } from '../callOf.js'
import type { Rest } from '../Rest.js'
import { RestError } from '../RestError.js'
import { clientOrderIds } from './clientOrderIds.js'
import { createOrderCounts, type OrderCall } from './orderCounts.js'
import type { OrderResult, Refused } from './OrderResult.js'
import { anOrderClient, type OrderClient } from './OrderClient.js'
import type { OrderCalls, Orders, OrdersConfig } from './OrderCalls.js'
import { refusalOf } from './refusalOf.js'
import { sentOnce } from './sentOnce.js'
import { isFinalStatus, type OrderInput } from './stepOrder.js'
import { createTracker, type Named } from './tracker.js'

const WHO = 'orders'

const read = (answer: unknown): OrderReport => {
  if (isOrderReport(answer)) return answer
  throw new TypeError(`${WHO}: expected the codec of an answer to give an order`)
}

/** It has not left, and will not. */
const notSent = (text: string): Refused => ({ _tag: 'Refused', reason: 'notSent', text })
const UNWANTED = notSent('nobody waited for it')
const LATE = notSent('the account was not carried in time')
const ENDED = notSent('nothing carries the account any more: the statuses of the client say why')

const hasOrders = (table: CallTable | undefined): table is OrderCallTable =>
  table !== undefined && ['place', 'cancel', 'order', 'openOrders'].every((name) => Object.hasOwn(table, name))

const anOrder = anObject('an order, as { symbol, side, orderType, quantity }')
const anOrderName: Expected = {
  what: 'an order by its symbol and its orderId or clientOrderId',
  is: (u) =>
    isValues(u) && [u['symbol'], u['orderId'] ?? u['clientOrderId']].every((part) => part !== '' && IdOrText.is(part)),
}

/** One of its ids, the venue's where both are known. */
const nameIn = ({ symbol, orderId, clientOrderId }: Named): Named =>
  orderId === undefined ? { symbol, ...(clientOrderId !== undefined && { clientOrderId }) } : { symbol, orderId }

const tableOf = ({ name, calls, orders: rules }: Venue): readonly [OrderCallTable, OrderRules] => {
  if (rules !== undefined && hasOrders(calls)) return [calls, rules]
  throw new TypeError(`${WHO}: expected a rest of a venue that takes orders; ${name} has no calls for them`)
}

/** An order, or a change of one, as it is given. */
type Given = Values & Named

/** What `orders` makes, whatever its venue's orders are. */
interface Made extends Pick<OrderCalls<Venue>, 'clientOrderId' | 'counts'>, Pick<Orders<Venue>, 'filled'> {
  readonly place: (order: Given) => Observable<OrderResult<OrderReport>>
  readonly cancel: (order: Named) => Observable<OrderResult<OrderReport>>
  readonly replace?: (change: Given) => Observable<OrderResult<OrderReport>>
  readonly status: (order: Named) => Observable<OrderReport | undefined>
  readonly open: (symbol?: string) => Observable<readonly OrderReport[]>
}

const make = (rest: Rest, config: OrdersConfig = {}): Made => {
  const { client, account, maxWait = 10_000, window = 30_000, every = 60_000, random = Math.random } = config
  const scheduler = config.scheduler ?? client?.scheduler ?? asyncScheduler
  const [table, rules] = tableOf(rest.venue)
  if (!maybe(anOrderClient).is(client))
    throw new TypeError(`${WHO}: expected client to be ${anOrderClient.what}, came ${came(client)}`)
  if (client !== undefined && client.venue.rest !== rest.venue.rest)
    throw new TypeError(`${WHO}: expected a client of ${rest.venue.name}, came one of ${client.venue.name}`)
  const makeId = clientOrderIds(random)
  const counts = createOrderCounts()
  const isCarried = (carried: ReadonlySet<string>) => (account === undefined ? carried.size > 0 : carried.has(account))

  const call = (name: string, row: CallRow, given: Named | Values) => callOf(rest, name, row, { ...given })
  const status = (name: Named): Observable<OrderReport | undefined> => {
    const ask = call('status', table.order, nameIn(name))
    return defer(() => ask()).pipe(
      map(read),
      tap(reported),
      catchError((error: unknown) => {
        const isUnknown = error instanceof RestError && refusalOf(rules, error)?.reason === 'unknownOrder'
        return isUnknown ? of(undefined) : throwError(() => error)
      }),
    )
  }
  const put = (name: Named, input: OrderInput) => tracker?.put(name, input)
  const reported = (report: OrderReport) => put(report, { _tag: 'Reported', report })

  const tracker =
    client &&
    createTracker({
      ...{ client, isCarried, window, every, scheduler, random },
      ask: (name) => status(name).pipe(filter((report): report is OrderReport => report !== undefined)),
    })

  const carried$ = client?.carried$.pipe(
    filter(isCarried),
    take(1),
    map(() => undefined),
    within(maxWait, scheduler, () => new Error(LATE.text)),
    catchError(() => of(LATE)),
    defaultIfEmpty(ENDED),
  )
  const whenCarried = (name: OrderCall, send$: Observable<OrderResult<OrderReport>>) =>
    carried$?.pipe(
      switchMap((refusal) =>
        refusal === undefined ? send$ : of(refusal).pipe(tap((result) => counts.add(name, result))),
      ),
    ) ?? send$

  /** Sends what makes an order, once it is heard of. */
  const send = (name: OrderCall, row: CallRow, given: Given): Observable<OrderResult<OrderReport>> => {
    const { symbol, clientOrderId = makeId() } = given
    const order = { symbol, clientOrderId }
    const prepared = call(name, row, { ...given, clientOrderId })
    if (!rules.clientOrderId.test(clientOrderId))
      throw new TypeError(
        `${name}: expected clientOrderId to be like ${String(rules.clientOrderId)}, came ${came(clientOrderId)}`,
      )
    const sending = { hasLeft: false, isDone: false }
    const sent$ = sentOnce({
      ...{ call: prepared, rules, window, random, scheduler },
      read: (answer) => ({ ...read(answer), clientOrderId }),
      ask: () => status(order).pipe(map((found) => found && { ...found, clientOrderId })),
      isDone: () => true,
      told: (result) => counts.add(name, result),
      left: () => {
        sending.hasLeft = true
        tracker?.sent(order)
      },
    })
    return defer(() => {
      if (!sending.hasLeft) tracker?.follow(order)
      return whenCarried(name, sent$).pipe(
        tap((result) => {
          sending.isDone = true
          if (result._tag === 'Accepted') put(order, { _tag: 'Reported', report: result.order })
          else if (result._tag === 'Refused') put(order, { _tag: 'Refused', refusal: result })
        }),
        finalize(() => {
          if (!sending.hasLeft && !sending.isDone) put(order, { _tag: 'Refused', refusal: UNWANTED })
        }),
      )
    })
  }

  /** Sends what changes an order that is there. */
  const change = (name: OrderCall, row: CallRow, given: Named, isDone: (order: OrderReport) => boolean) => {
    const order = nameIn(given)
    return sentOnce({
      ...{ call: call(name, row, given), rules, window, random, scheduler, read, isDone },
      ask: () => status(order),
      left: () => undefined,
      told: (result) => counts.add(name, result),
    }).pipe(
      tap((result) => {
        if (result._tag === 'Accepted') reported(result.order)
        // It is final, most likely, and that was not heard yet.
        else if (result._tag === 'Refused' && result.reason === 'unknownOrder') put(order, { _tag: 'Quiet' })
      }),
    )
  }

  const isEqual = (a: string, b: unknown) => typeof b === 'string' && compareDecimals(a, b) === 0
  const replace = (row: CallRow) =>
    checked('replace', [row.isNewOrder === true ? anOrder : anOrderName], (given: Given) =>
      row.isNewOrder === true
        ? send('replace', row, given)
        : change(
            ...(['replace', row, given] as const),
            ({ price, quantity }) => isEqual(price, given['price']) && isEqual(quantity, given['quantity']),
          ),
    )

  return {
    place: checked('place', [anOrder], (order) => send('place', table.place, order)),
    cancel: checked('cancel', [anOrderName], (order) =>
      change('cancel', table.cancel, nameIn(order), (found) => isFinalStatus(found.status)),
    ),
    ...(table['replace'] !== undefined && { replace: replace(table['replace']) }),
    status: checked('status', [anOrderName], status),
    open: (symbol) => {
      const ask = call('open', table.openOrders, symbol === undefined ? {} : { symbol })
      return ask().pipe(
        map((answer) => (Array.isArray(answer) ? answer.map(read) : [])),
        tap((orders) => orders.forEach(reported)),
      )
    },
    clientOrderId: makeId,
    counts: counts.read,
    filled: checked('filled', [anOrderName], (order) => {
      if (tracker === undefined) throw new TypeError(`filled: expected ${WHO}(rest, { client }), came no client`)
      return tracker.states(nameIn(order))
    }),
  }
}

/**
 * Orders that are never sent twice, of the account whose credentials the rest has.
 *
 * ```ts
 * const rest = createRest({ venue: asterFutures, signer: eip712Signer({ user, privateKey }) })
 * const account = accountCommunicator(asterFutures, { rest })
 * const client = createClient({ venue: asterFutures, communicator: account })
 * const { place, filled } = orders(rest, { client })
 * const order = { symbol: 'BTCUSDT', side: 'BUY', orderType: 'LIMIT', timeInForce: 'GTC', quantity: '0.001', price: '50000' } as const
 * place(order)
 *   .pipe(switchMap((result) => (result._tag === 'Accepted' ? filled(result.order) : of(result))))
 *   .subscribe(({ _tag }) => console.log(_tag))   // Open … Filled
 * client.connect()
 * ```
 *
 * Nothing is asked and no timer runs before somebody subscribes to what it gives.
 *
 * @throws TypeError for a venue that takes no orders, or a client of another venue.
 */
export const orders: {
  <V extends Venue>(rest: Rest<V>, config: OrdersConfig & { readonly client: OrderClient }): Orders<V>
  <V extends Venue>(rest: Rest<V>, config?: OrdersConfig): OrderCalls<V>
} = checked(
  WHO,
  [aRest, maybe(anObject('a config'))],
  // The table of V has the calls, and its codecs read what their types promise.
  make as unknown as <V extends Venue>(rest: Rest<V>, config?: OrdersConfig) => Orders<V>,
)
