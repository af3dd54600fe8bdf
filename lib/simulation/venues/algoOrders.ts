import type { Values } from '../../codecs/Values.js'
import { orderFields, type Execution } from '../exchange/Execution.js'
import { isOpen, type Order, type OrderName } from '../exchange/Order.js'
import { readOrder, type Parameter } from '../exchange/readOrder.js'
import { isRefusal, type Refusal } from '../exchange/Refusal.js'
import { trailingFields, workingType } from './futuresOrder.js'
import { futuresTypes } from './orderTypes.js'
import type { AccountAnswer, AccountCall, EndpointRow, Trading } from './Trading.js'

/** Conditional orders of Binance's futures, which have calls and an event of their own until they are set off. */

/** Whether an order is, or was when it ended, one that had not been set off. */
export const isAlgo = ({ trigger, bookId }: Order): boolean => trigger !== undefined && bookId === undefined

const statusOf = (order: Order): string => {
  if (isAlgo(order)) return order.status
  return isOpen(order) ? 'TRIGGERED' : 'FINISHED'
}

/** The names of parameters, by those that orders have elsewhere. */
const names: Readonly<Record<string, string>> = {
  stopPrice: 'triggerPrice',
  activationPrice: 'activatePrice',
  newClientOrderId: 'clientAlgoId',
}

const common = (order: Order): Values => {
  const { instrument, orderId, clientOrderId, side, type, timeInForce } = order
  const { positionSide = 'BOTH', isCloseAll = false, isReduceOnly } = order
  const { quantity, price, stopPrice } = orderFields(order, 0)
  const { activationPrice, callbackRate } = trailingFields(order)
  return {
    ...{ algoId: Number(orderId), clientAlgoId: clientOrderId, algoType: 'CONDITIONAL', orderType: type },
    ...{ symbol: instrument.symbol, side, positionSide, timeInForce, quantity, algoStatus: statusOf(order) },
    ...{ triggerPrice: stopPrice, price, icebergQuantity: null, selfTradePreventionMode: 'NONE' },
    ...{ workingType: workingType(order), priceMatch: 'NONE', closePosition: isCloseAll, priceProtect: false },
    ...{ reduceOnly: isReduceOnly, createTime: order.createdAt, updateTime: order.updatedAt },
    ...{ triggerTime: isAlgo(order) ? 0 : order.updatedAt, goodTillDate: 0 },
    ...(callbackRate !== undefined && { activatePrice: activationPrice, callbackRate }),
  }
}

/** `ALGO_UPDATE` as it stands on the wire. */
export const algoUpdate = ({ at, order }: Execution): Values => {
  const { instrument, orderId, clientOrderId, side, type, timeInForce } = order
  const { positionSide = 'BOTH', isCloseAll = false, isReduceOnly } = order
  const { quantity, price, stopPrice } = orderFields(order, 0)
  const ids = { caid: clientOrderId, aid: Number(orderId), at: 'CONDITIONAL', o: type, s: instrument.symbol, S: side }
  const amounts = { ps: positionSide, f: timeInForce, q: quantity, X: statusOf(order), ai: '', tp: stopPrice, p: price }
  const kinds = { V: 'NONE', wt: workingType(order), pm: 'NONE', cp: isCloseAll, pP: false, R: isReduceOnly }
  return { e: 'ALGO_UPDATE', E: at, T: at, o: { ...ids, ...amounts, ...kinds, tt: 0, gtd: 0 } }
}

const placed =
  (dialect: Pick<Trading, 'timesInForce' | 'hasPositions'>): AccountAnswer =>
  ({ entry, account, symbol, get }) => {
    const instrument = entry.instrument(symbol)
    if (instrument === undefined) return { refusal: 'missing', detail: 'symbol' } satisfies Refusal
    if (get('algoType') !== 'CONDITIONAL') return { refusal: 'invalid', detail: 'algoType' } satisfies Refusal
    const own: Parameter = (name) => get(names[name] ?? name)
    const conditional = Object.fromEntries(Object.entries(futuresTypes).filter(([, row]) => row.trigger !== undefined))
    const request = readOrder(own, instrument, { ...dialect, orderTypes: conditional }, entry.last(symbol))
    if (isRefusal(request)) return request
    const order = entry.place(account, symbol, request)
    return isRefusal(order) ? order : common(order)
  }

const namedIn = ({ get }: AccountCall): OrderName | Refusal => {
  const [orderId, clientOrderId] = [get('algoId'), get('clientAlgoId')]
  if (orderId !== null) return { orderId }
  return clientOrderId === null ? { refusal: 'missingOneOf', detail: "'clientAlgoId' or 'algoId'" } : { clientOrderId }
}

/** The order that a call names, which names no symbol. */
const found = (call: AccountCall): Order | Refusal => {
  const which = namedIn(call)
  if (isRefusal(which)) return which
  for (const { symbol } of call.entry.instruments()) {
    const order = call.entry.find(call.account, symbol, which)
    if (order?.trigger !== undefined) return order
  }
  return { refusal: 'noSuchOrder' }
}

const queried: AccountAnswer = (call) => {
  const order = found(call)
  return isRefusal(order) ? order : common(order)
}

const ended = { code: '200', msg: 'success' }

const cancelled: AccountAnswer = (call) => {
  const order = found(call)
  if (isRefusal(order)) return order
  const { orderId, clientOrderId, instrument } = order
  if (!isAlgo(order)) return { refusal: 'unknownOrder' } satisfies Refusal
  const gone = call.entry.cancel(call.account, instrument.symbol, { orderId: String(orderId) })
  return isRefusal(gone) ? gone : { algoId: Number(orderId), clientAlgoId: clientOrderId, ...ended }
}

const listed =
  (suits: (order: Order) => boolean): AccountAnswer =>
  ({ entry, account, symbol }) =>
    entry
      .orders(account, symbol === '' ? undefined : symbol)
      .filter((order) => order.trigger !== undefined && suits(order))
      .map(common)

const allCancelled: AccountAnswer = ({ entry, account, symbol }) => {
  if (symbol === '') return { refusal: 'missing', detail: 'symbol' } satisfies Refusal
  entry.cancelAll(account, symbol, isAlgo)
  return { code: 200, msg: 'The operation of cancel all open order is done.' }
}

/** The calls about them. */
export const algoRows = (dialect: Pick<Trading, 'timesInForce' | 'hasPositions'>): readonly EndpointRow[] => [
  ['POST', 'algoOrder', placed(dialect), 1],
  ['GET', 'algoOrder', queried, 1],
  ['DELETE', 'algoOrder', cancelled, 1],
  ['GET', 'openAlgoOrders', listed((order) => isAlgo(order) && isOpen(order)), 1, 40],
  ['GET', 'allAlgoOrders', listed(() => true), 5],
  ['DELETE', 'algoOpenOrders', allCancelled, 1],
]
