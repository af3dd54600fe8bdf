import { stringify } from 'lossless-json'
import { isValues } from '../../codecs/Values.js'
import { isOpen, type Order, type OrderName } from '../exchange/Order.js'
import type { OrderEntry } from '../exchange/orderEntry.js'
import { readOrder } from '../exchange/readOrder.js'
import { isRefusal, type Refusal } from '../exchange/Refusal.js'
import { refuse } from '../venues/ErrorCatalogue.js'
import type { RestAnswer, RestRequest } from '../venues/RestMessage.js'
import type { ServerBehaviour } from '../venues/ServerBehaviour.js'
import type { AccountAnswer, AccountCall, Operation, Trading, TradingEndpoint } from '../venues/Trading.js'

/** The result of a call: a value in a field, which distinguishes it from a refusal. */
type Result = { readonly value: unknown } | Refusal

const result = (value: unknown) => ({ value })

const namedIn = ({ get, trading }: AccountCall): OrderName | Refusal => {
  const [orderId, clientOrderId] = [get('orderId'), get(trading.clientOrderId)]
  if (orderId !== null && orderId !== '') return { orderId }
  if (clientOrderId !== null && clientOrderId !== '') return { clientOrderId }
  return { refusal: 'missingOneOf', detail: `'${trading.clientOrderId}' or 'orderId'` }
}

const found = (call: AccountCall, suits: (order: Order) => boolean): Result => {
  const which = namedIn(call)
  if (isRefusal(which)) return which
  const order = call.entry.find(call.account, call.symbol, which)
  return order !== undefined && suits(order) ? result(call.trading.queried(order)) : { refusal: 'noSuchOrder' }
}

const listed = ({ entry, trading, account, symbol }: AccountCall, suits: (order: Order) => boolean): Result => {
  const orders = entry.orders(account, named(symbol)).filter(suits)
  return result(trading.list(orders.map(trading.queried)))
}

const every = () => true
const named = (symbol: string) => (symbol === '' ? undefined : symbol)

const requestOf = ({ entry, trading, symbol, get }: AccountCall) => {
  const instrument = entry.instrument(symbol)
  return instrument === undefined ? ({ refusal: 'symbol' } as const) : readOrder(get, instrument, trading)
}

/** The answers, by what an endpoint does. */
const answers: Readonly<
  Record<Operation, { readonly isOfSymbol: boolean; readonly give: (call: AccountCall) => Result }>
> = {
  place: {
    isOfSymbol: true,
    give: (call) => {
      const request = requestOf(call)
      if (isRefusal(request)) return request
      const { entry, trading, account, symbol, get } = call
      const order = entry.place(account, symbol, request)
      if (isRefusal(order)) return order
      const fills = entry.trades(account).filter(({ order: { orderId } }) => orderId === order.orderId)
      return result(trading.placed(order, get('newOrderRespType'), fills))
    },
  },
  test: {
    isOfSymbol: true,
    give: (call) => {
      const request = requestOf(call)
      return isRefusal(request) ? request : (call.entry.check(call.account, call.symbol, request) ?? result({}))
    },
  },
  cancel: {
    isOfSymbol: true,
    give: (call) => {
      const { entry, trading, account, symbol, get } = call
      const which = namedIn(call)
      if (isRefusal(which)) return which
      const order = entry.cancel(account, symbol, which, get('newClientOrderId') ?? undefined)
      return isRefusal(order) ? order : result(trading.cancelled(order))
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
): RestAnswer => {
  const { isOfSymbol, give } = typeof operation === 'function' ? ofVenue(operation) : answers[operation]
  const symbol = parameters.get('symbol') ?? ''
  if (isOfSymbol && symbol === '') return refuse(errors, { refusal: 'missing', detail: 'symbol' })
  if (symbol !== '' && entry.instrument(symbol) === undefined) return refuse(errors, { refusal: 'symbol' })
  const given = give({ entry, trading, account, get: (name) => parameters.get(name), symbol, now })
  if (isRefusal(given)) return refuse(errors, given)
  return { status: 200, body: stringify(wrapped(given.value)) ?? '' }
}
