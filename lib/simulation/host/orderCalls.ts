import { stringify } from 'lossless-json'
import { isValues, type Values } from '../../codecs/Values.js'
import { isOpen, type Order, type OrderName } from '../exchange/Order.js'
import type { OrderEntry } from '../exchange/orderEntry.js'
import { readOrder, readTerms, type Parameter } from '../exchange/readOrder.js'
import { isRefusal, type Refusal } from '../exchange/Refusal.js'
import { errorOf, refuse } from '../venues/ErrorCatalogue.js'
import type { RestAnswer, RestRequest } from '../venues/RestMessage.js'
import type { ServerBehaviour } from '../venues/ServerBehaviour.js'
import type { AccountAnswer, AccountCall, Operation, Trading, TradingEndpoint } from '../venues/Trading.js'
import { listIn, parametersIn } from './lists.js'

/** The result of a call: a value in a field, which distinguishes it from a refusal. */
type Result = { readonly value: unknown } | Refusal

const result = (value: unknown) => ({ value })

/** The order that a call names, by these parameters. */
const namedIn = (get: Parameter, byId: string, byClient: string): OrderName | Refusal => {
  const [orderId, clientOrderId] = [get(byId), get(byClient)]
  if (orderId !== null && orderId !== '') return { orderId }
  if (clientOrderId !== null && clientOrderId !== '') return { clientOrderId }
  return { refusal: 'missingOneOf', detail: `'${byClient}' or '${byId}'` }
}
const nameOf = ({ get, trading }: AccountCall) => namedIn(get, 'orderId', trading.clientOrderId)

/** Whether these calls know of an order. */
const isHere =
  ({ trading }: AccountCall) =>
  (order: Order): boolean =>
    trading.isElsewhere?.(order) !== true

const found = (call: AccountCall, suits: (order: Order) => boolean): Result => {
  const which = nameOf(call)
  if (isRefusal(which)) return which
  const order = call.entry.find(call.account, call.symbol, which)
  const isFound = order !== undefined && suits(order) && isHere(call)(order)
  return isFound ? result(call.trading.queried(order)) : { refusal: 'noSuchOrder' }
}

const listed = (call: AccountCall, suits: (order: Order) => boolean): Result => {
  const { entry, trading, account, symbol } = call
  const orders = entry.orders(account, named(symbol)).filter(suits).filter(isHere(call))
  return result(trading.list(orders.map(trading.queried)))
}

const every = () => true
const named = (symbol: string) => (symbol === '' ? undefined : symbol)

const requestOf = ({ entry, trading, symbol, get }: AccountCall) => {
  const instrument = entry.instrument(symbol)
  if (instrument === undefined) return { refusal: 'symbol' } as const
  return readOrder(get, instrument, trading, entry.last(symbol))
}

const placed = (call: AccountCall): Values | Refusal => {
  const request = requestOf(call)
  if (isRefusal(request)) return request
  const { entry, trading, account, symbol, get } = call
  const order = entry.place(account, symbol, request)
  if (isRefusal(order)) return order
  const fills = entry.trades(account).filter(({ order: { orderId } }) => orderId === order.orderId)
  return trading.placed(order, get('newOrderRespType'), fills)
}

const amended = (call: AccountCall): Values | Refusal => {
  const { entry, trading, account, symbol, get } = call
  const [which, instrument] = [nameOf(call), entry.instrument(symbol)]
  if (isRefusal(which)) return which
  if (instrument === undefined) return { refusal: 'symbol' }
  const terms = readTerms(get, instrument)
  if (isRefusal(terms)) return terms
  const order = entry.amend(account, symbol, which, terms)
  return isRefusal(order) ? order : trading.placed(order, 'RESULT', [])
}

const cancelled = (call: AccountCall, which: OrderName, id?: string): Values | Refusal => {
  const { entry, trading, account, symbol } = call
  const known = entry.find(account, symbol, which)
  if (known === undefined || !isHere(call)(known)) return { refusal: 'unknownOrder' }
  const order = entry.cancel(account, symbol, which, id)
  return isRefusal(order) ? order : trading.cancelled(order)
}

const modes = ['STOP_ON_FAILURE', 'ALLOW_FAILURE']

/** Cancels an order, and places another one; what failed stands in the answer. */
const replaced = (call: AccountCall): Result => {
  const { get, trading, errorOf } = call
  const { clientOrderId = '', cancellationId = '' } = trading.replacing ?? {}
  const mode = get('cancelReplaceMode')
  if (mode === null || mode === '') return { refusal: 'missing', detail: 'cancelReplaceMode' }
  if (!modes.includes(mode)) return { refusal: 'invalid', detail: 'cancelReplaceMode' }
  const which = namedIn(get, 'cancelOrderId', clientOrderId)
  if (isRefusal(which)) return which
  const request = requestOf(call)
  if (isRefusal(request)) return request
  const cancelResponse = cancelled(call, which, get(cancellationId) ?? undefined)
  const isCancelled = !isRefusal(cancelResponse)
  const cancelResult = isCancelled ? 'SUCCESS' : 'FAILURE'
  const first = { cancelResult, cancelResponse: isCancelled ? cancelResponse : errorOf(cancelResponse) }
  if (!isCancelled && mode === 'STOP_ON_FAILURE')
    return {
      refusal: 'replaceFailed',
      data: { ...first, newOrderResult: 'NOT_ATTEMPTED', newOrderResponse: null },
    }
  const order = placed(call)
  const isPlaced = !isRefusal(order)
  const newOrderResult = isPlaced ? 'SUCCESS' : 'FAILURE'
  const data = { ...first, newOrderResult, newOrderResponse: isPlaced ? order : errorOf(order) }
  if (isCancelled && isPlaced) return result(data)
  return { refusal: isCancelled || isPlaced ? 'replacePartly' : 'replaceFailed', data }
}

/** Does what is asked for each of a list of parameters; what is refused stands in its place. */
const eachOf = (call: AccountCall, act: (call: AccountCall) => Values | Refusal): Result => {
  const { get, trading, entry, errorOf } = call
  const { orders = '', mostOrders = 0, list = (all: readonly Values[]) => all } = trading.batches ?? {}
  const text = get(orders)
  if (text === null || text === '') return { refusal: 'missing', detail: orders }
  const all = parametersIn(text)
  if (all === undefined) return { refusal: 'invalid', detail: orders }
  if (all.length === 0 || all.length > mostOrders) return { refusal: 'batchSize', detail: String(all.length) }
  return result(
    list(
      all.map((parameters) => {
        const own: Parameter = (name) => parameters.get(name) ?? null
        const symbol = own('symbol') ?? ''
        if (symbol === '') return errorOf({ refusal: 'missing', detail: 'symbol' })
        if (entry.instrument(symbol) === undefined) return errorOf({ refusal: 'symbol' })
        const answer = act({ ...call, get: own, symbol })
        return isRefusal(answer) ? errorOf(answer) : answer
      }),
    ),
  )
}

const cancelMany = (call: AccountCall): Result => {
  const { get, trading, errorOf } = call
  const { batches } = trading
  if (batches === undefined) return { refusal: 'notHere' }
  const { orderIds, clientOrderIds, mostIds, list } = batches
  const names = [
    ...listIn(get(orderIds)).map((orderId) => ({ orderId })),
    ...listIn(get(clientOrderIds)).map((clientOrderId) => ({ clientOrderId })),
  ]
  if (names.length === 0) return { refusal: 'missingOneOf', detail: `'${orderIds}' or '${clientOrderIds}'` }
  if (names.length > mostIds) return { refusal: 'cancelSize' }
  const answers = names.map((which) => cancelled(call, which))
  return result(list(answers.map((answer) => (isRefusal(answer) ? errorOf(answer) : answer))))
}

const orRefused = (answer: Values | Refusal): Result => (isRefusal(answer) ? answer : result(answer))

/** The answers, by what an endpoint does. */
const answers: Readonly<
  Record<Operation, { readonly isOfSymbol: boolean; readonly give: (call: AccountCall) => Result }>
> = {
  place: { isOfSymbol: true, give: (call) => orRefused(placed(call)) },
  test: {
    isOfSymbol: true,
    give: (call) => {
      const request = requestOf(call)
      return isRefusal(request) ? request : (call.entry.check(call.account, call.symbol, request) ?? result({}))
    },
  },
  amend: { isOfSymbol: true, give: (call) => orRefused(amended(call)) },
  replace: { isOfSymbol: true, give: replaced },
  cancel: {
    isOfSymbol: true,
    give: (call) => {
      const which = nameOf(call)
      if (isRefusal(which)) return which
      return orRefused(cancelled(call, which, call.get('newClientOrderId') ?? undefined))
    },
  },
  cancelAll: {
    isOfSymbol: true,
    give: (call) => {
      const { entry, trading, account, symbol } = call
      return result(trading.allCancelled(entry.cancelAll(account, symbol, isHere(call))))
    },
  },
  query: { isOfSymbol: true, give: (call) => found(call, every) },
  openOrder: { isOfSymbol: true, give: (call) => found(call, isOpen) },
  openOrders: { isOfSymbol: false, give: (call) => listed(call, isOpen) },
  allOrders: { isOfSymbol: true, give: (call) => listed(call, every) },
  placeMany: { isOfSymbol: false, give: (call) => eachOf(call, placed) },
  amendMany: { isOfSymbol: false, give: (call) => eachOf(call, amended) },
  cancelMany: { isOfSymbol: true, give: cancelMany },
}

const ofVenue = (answer: AccountAnswer): (typeof answers)[Operation] => ({
  isOfSymbol: false,
  give: (call) => {
    const value = answer(call)
    return isValues(value) && isRefusal(value) ? value : result(value)
  },
})

/** Answers a call of an account that has proved who it is. */
export const answerOrderCall = (
  trading: Trading,
  { errors, wrapped = (value) => value }: Pick<ServerBehaviour, 'errors' | 'wrapped'>,
  { operation }: Pick<TradingEndpoint, 'operation'>,
  entry: OrderEntry,
  account: string,
  { parameters }: Pick<RestRequest, 'parameters'>,
  now: number,
  later: AccountCall['later'],
): RestAnswer => {
  const { isOfSymbol, give } = typeof operation === 'function' ? ofVenue(operation) : answers[operation]
  const symbol = parameters.get('symbol') ?? ''
  if (isOfSymbol && symbol === '') return refuse(errors, { refusal: 'missing', detail: 'symbol' })
  if (symbol !== '' && entry.instrument(symbol) === undefined) return refuse(errors, { refusal: 'symbol' })
  const get: Parameter = (name) => parameters.get(name)
  const call = {
    entry,
    trading,
    account,
    get,
    symbol,
    now,
    later,
    errorOf: (refusal: Refusal) => errorOf(errors, refusal),
  }
  const given = give(call)
  if (isRefusal(given)) return refuse(errors, given)
  return { status: 200, body: stringify(wrapped(given.value)) ?? '' }
}
