import { stringify } from 'lossless-json'
import { isOpen, type Order, type OrderName } from '../exchange/Order.js'
import type { OrderEntry } from '../exchange/orderEntry.js'
import { readOrder } from '../exchange/readOrder.js'
import { isRefusal, type Refusal } from '../exchange/Refusal.js'
import { refuse, type ErrorCatalogue } from '../venues/ErrorCatalogue.js'
import type { RestAnswer, RestRequest } from '../venues/RestMessage.js'
import type { Operation, Trading, TradingEndpoint } from '../venues/Trading.js'

/** A call of an account. */
interface Call {
  readonly entry: OrderEntry
  readonly trading: Trading
  readonly account: string
  readonly parameters: URLSearchParams
  /** Empty where the call names none. */
  readonly symbol: string
  readonly now: number
}

/** The result of a call: a value in a field, which distinguishes it from a refusal. */
type Result = { readonly value: unknown } | Refusal

const result = (value: unknown) => ({ value })

const namedIn = ({ parameters, trading }: Call): OrderName | Refusal => {
  const [orderId, clientOrderId] = [parameters.get('orderId'), parameters.get(trading.clientOrderId)]
  if (orderId !== null && orderId !== '') return { orderId }
  if (clientOrderId !== null && clientOrderId !== '') return { clientOrderId }
  return { refusal: 'missingOneOf', detail: `'${trading.clientOrderId}' or 'orderId'` }
}

const found = (call: Call, suits: (order: Order) => boolean): Result => {
  const which = namedIn(call)
  if (isRefusal(which)) return which
  const order = call.entry.find(call.account, call.symbol, which)
  return order !== undefined && suits(order) ? result(call.trading.queried(order)) : { refusal: 'noSuchOrder' }
}

const listed = ({ entry, trading, account, parameters }: Call, suits: (order: Order) => boolean): Result => {
  const orders = entry.orders(account, parameters.get('symbol') ?? undefined).filter(suits)
  return result(trading.list(orders.map(trading.queried)))
}

const every = () => true

/** The answers, by what an endpoint does. */
const answers: Readonly<Record<Operation, { readonly isOfSymbol: boolean; readonly give: (call: Call) => Result }>> = {
  place: {
    isOfSymbol: true,
    give: ({ entry, trading, account, parameters, symbol }) => {
      const instrument = entry.instrument(symbol)
      if (instrument === undefined) return { refusal: 'symbol' }
      const request = readOrder((name) => parameters.get(name), instrument, trading.timesInForce)
      if (isRefusal(request)) return request
      const order = entry.place(account, symbol, request)
      return isRefusal(order) ? order : result(trading.placed(order, parameters.get('newOrderRespType') === 'RESULT'))
    },
  },
  cancel: {
    isOfSymbol: true,
    give: (call) => {
      const { entry, trading, account, symbol } = call
      const which = namedIn(call)
      if (isRefusal(which)) return which
      const order = entry.cancel(account, symbol, which)
      return isRefusal(order) ? order : result(trading.placed(order, true))
    },
  },
  cancelAll: {
    isOfSymbol: true,
    give: ({ entry, trading, account, symbol }) => result(trading.allCancelled(entry.cancelAll(account, symbol))),
  },
  query: { isOfSymbol: true, give: (call) => found(call, every) },
  openOrder: { isOfSymbol: true, give: (call) => found(call, isOpen) },
  openOrders: { isOfSymbol: false, give: (call) => listed(call, isOpen) },
  allOrders: { isOfSymbol: true, give: (call) => listed(call, every) },
  account: {
    isOfSymbol: false,
    give: ({ entry, trading, account, now }) => result(trading.pages.account?.(entry, account, now)),
  },
  balance: {
    isOfSymbol: false,
    give: ({ entry, trading, account, now }) => result(trading.pages.balance?.(entry, account, now)),
  },
  positions: {
    isOfSymbol: false,
    give: ({ entry, trading, account, parameters }) =>
      result(trading.pages.positions?.(entry, account, parameters.get('symbol') ?? undefined)),
  },
}

/** Answers a call of an account that has proved who it is. */
export const answerOrderCall = (
  trading: Trading,
  errors: ErrorCatalogue,
  { operation }: Pick<TradingEndpoint, 'operation'>,
  entry: OrderEntry,
  account: string,
  { parameters }: Pick<RestRequest, 'parameters'>,
  now: number,
): RestAnswer => {
  const { isOfSymbol, give } = answers[operation]
  const symbol = parameters.get('symbol')
  if (isOfSymbol && (symbol === null || symbol === '')) return refuse(errors, { refusal: 'missing', detail: 'symbol' })
  if (symbol !== null && entry.instrument(symbol) === undefined) return refuse(errors, { refusal: 'symbol' })
  const given = give({ entry, trading, account, parameters, symbol: symbol ?? '', now })
  if (isRefusal(given)) return refuse(errors, given)
  return { status: 200, body: stringify(trading.wrapped(given.value)) ?? '' }
}
