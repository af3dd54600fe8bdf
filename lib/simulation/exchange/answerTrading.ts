import { stringify } from 'lossless-json'
import type { RestAnswer, RestRequest } from '../host/rest/RestExchange.js'
import type { Desk, Which } from './Desk.js'
import { isOpen, type Order } from './Order.js'
import { isRefusal, readOrder } from './readOrder.js'
import { refuse, type Language, type Refusal } from './Refusal.js'
import type { Does, Trading, TradingEndpoint } from './Trading.js'

/** A call of an account. */
interface Call {
  readonly desk: Desk
  readonly trading: Trading
  readonly account: string
  readonly parameters: URLSearchParams
  /** Of the calls that are about one; empty for the others. */
  readonly symbol: string
  readonly now: number
}

/** What an endpoint gives: a value in a field, so that it is told from a refusal. */
type Given = { readonly value: unknown } | Refusal

const given = (value: unknown) => ({ value })

const namedIn = ({ parameters, trading }: Call): Which | Refusal => {
  const [orderId, clientOrderId] = [parameters.get('orderId'), parameters.get(trading.clientOrderId)]
  if (orderId !== null && orderId !== '') return { orderId }
  if (clientOrderId !== null && clientOrderId !== '') return { clientOrderId }
  return { refusal: 'missingOneOf', detail: `'${trading.clientOrderId}' or 'orderId'` }
}

const found = (call: Call, suits: (order: Order) => boolean): Given => {
  const which = namedIn(call)
  if (isRefusal(which)) return which
  const order = call.desk.find(call.account, call.symbol, which)
  return order !== undefined && suits(order) ? given(call.trading.told(order)) : { refusal: 'noSuchOrder' }
}

const listed = ({ desk, trading, account, parameters }: Call, suits: (order: Order) => boolean): Given => {
  const orders = desk.orders(account, parameters.get('symbol') ?? undefined).filter(suits)
  return given(trading.list(orders.map(trading.told)))
}

const every = () => true

/** The answers, by what an endpoint is for. */
const answers: Readonly<Record<Does, { readonly isOfSymbol: boolean; readonly give: (call: Call) => Given }>> = {
  place: {
    isOfSymbol: true,
    give: ({ desk, trading, account, parameters, symbol }) => {
      const instrument = desk.instrument(symbol)
      if (instrument === undefined) return { refusal: 'symbol' }
      const request = readOrder((name) => parameters.get(name), instrument, trading.timesInForce)
      if (isRefusal(request)) return request
      const order = desk.place(account, symbol, request)
      return isRefusal(order) ? order : given(trading.placed(order, parameters.get('newOrderRespType') === 'RESULT'))
    },
  },
  cancel: {
    isOfSymbol: true,
    give: (call) => {
      const { desk, trading, account, symbol } = call
      const which = namedIn(call)
      if (isRefusal(which)) return which
      const order = desk.cancel(account, symbol, which)
      return isRefusal(order) ? order : given(trading.placed(order, true))
    },
  },
  cancelAll: {
    isOfSymbol: true,
    give: ({ desk, trading, account, symbol }) => given(trading.allCancelled(desk.cancelAll(account, symbol))),
  },
  query: { isOfSymbol: true, give: (call) => found(call, every) },
  openOrder: { isOfSymbol: true, give: (call) => found(call, isOpen) },
  openOrders: { isOfSymbol: false, give: (call) => listed(call, isOpen) },
  allOrders: { isOfSymbol: true, give: (call) => listed(call, every) },
  account: {
    isOfSymbol: false,
    give: ({ desk, trading, account, now }) => given(trading.pages.account?.(desk, account, now)),
  },
  balance: {
    isOfSymbol: false,
    give: ({ desk, trading, account, now }) => given(trading.pages.balance?.(desk, account, now)),
  },
  positions: {
    isOfSymbol: false,
    give: ({ desk, trading, account, parameters }) =>
      given(trading.pages.positions?.(desk, account, parameters.get('symbol') ?? undefined)),
  },
}

/** Answers a call of an account that has proved who it is. */
export const answerTrading = (
  trading: Trading,
  language: Language,
  { does }: Pick<TradingEndpoint, 'does'>,
  desk: Desk,
  account: string,
  { parameters }: Pick<RestRequest, 'parameters'>,
  now: number,
): RestAnswer => {
  const { isOfSymbol, give } = answers[does]
  const symbol = parameters.get('symbol')
  if (isOfSymbol && (symbol === null || symbol === ''))
    return refuse(language, { refusal: 'missing', detail: 'symbol' })
  if (symbol !== null && desk.instrument(symbol) === undefined) return refuse(language, { refusal: 'symbol' })
  const gave = give({ desk, trading, account, parameters, symbol: symbol ?? '', now })
  if (isRefusal(gave)) return refuse(language, gave)
  return { status: 200, body: stringify(trading.wrapped(gave.value)) ?? '' }
}
