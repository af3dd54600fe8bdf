import { isValues, type Values } from '../../codecs/Values.js'
import type { BingxAccountUpdate } from '../../events/BingxAccountUpdate.js'
import type { BingxExecutionReport } from '../../events/BingxExecutionReport.js'
import { fillFields, orderFields, type Execution } from '../exchange/Execution.js'
import { moneyText } from '../exchange/Money.js'
import type { Order } from '../exchange/Order.js'
import { spotWallet } from '../exchange/spotWallet.js'
import type { ErrorCatalogue } from './ErrorCatalogue.js'
import { parsedJson } from './parsedJson.js'
import { sortedPairs } from './ServerBehaviour.js'
import type { AnswerRequest, ServerBehaviour, Subscriptions, TextHeartbeat } from './ServerBehaviour.js'
import { balanceFields, endpointsUnder, pairBalances, type Trading } from './Trading.js'

const INVALID = 100_400
const TOO_OFTEN = 100_410

/** Reads `?listenKey=…`, or nothing; anything else is no endpoint. */
export const listenKeySubscriptions = (address: string): Subscriptions | undefined => {
  const [path = '', query = ''] = address.split('?')
  if (path !== '' && path !== '/') return undefined
  const listenKey = new URLSearchParams(query).get('listenKey')
  return { isCombined: true, streams: new Set(), ...(listenKey !== null && { listenKey }) }
}

const idOf = (text: string): string => {
  const value = parsedJson(text)?.value
  return isValues(value) && typeof value['id'] === 'string' ? value['id'] : ''
}

/** An error; a request whose id cannot be read is answered without one. */
const requestError = (text: string, code: number, msg: string) => {
  const id = idOf(text)
  return { ...(id !== '' && { id }), code, msg }
}

/** Answers `{"id":"…","reqType":"sub","dataType":"…"}`, by both documented forms of the answer: one for each type. */
const answer: AnswerRequest = (text, subscriptions, { hasStream, now, streamsPerConnection }) => {
  const refused = (msg: string) => ({ reply: requestError(text, INVALID, msg), subscriptions })
  const value = parsedJson(text)?.value
  if (!isValues(value)) return refused('invalid request')
  const { reqType, dataType } = value
  const id = idOf(text)
  if (id === '') return refused('id: expected a text')
  if (reqType !== 'sub' && reqType !== 'unsub') return refused('reqType: expected sub or unsub')
  if (typeof dataType !== 'string' || !hasStream(dataType)) return refused('dataType: not supported')
  const streams = new Set(subscriptions.streams)
  if (reqType === 'unsub') {
    streams.delete(dataType)
    const reply = { id, code: 0, msg: '', dataType: '', data: null }
    return { reply, subscriptions: { ...subscriptions, streams }, isAccepted: true }
  }
  streams.add(dataType)
  if (streams.size > streamsPerConnection) return refused('too many subscriptions')
  const reply = { id, code: 0, msg: 'SUCCESS', timestamp: now() }
  return { reply, subscriptions: { ...subscriptions, streams }, isAccepted: true }
}

const PONG = 'Pong'

/** The text `Ping`, and an object that must come back, in turn. */
const textHeartbeat: TextHeartbeat = {
  heartbeat: (n, time) => {
    if (n % 2 === 0) return { text: 'Ping', answer: PONG }
    const ping = n.toString(16).padStart(32, '0')
    return { text: JSON.stringify({ ping, time }), answer: `${ping} ${time}` }
  },
  answerIn: (text) => {
    if (text === PONG) return PONG
    const value = parsedJson(text)?.value
    if (!isValues(value) || typeof value['pong'] !== 'string') return undefined
    return `${value['pong']} ${String(value['time'])}`
  },
}

/** Nothing expires here: what is not filled at once is cancelled. */
const statusOf = ({ status }: Order) => (status === 'EXPIRED' ? 'CANCELED' : status)

const common = (order: Order) => {
  const { instrument, orderId, clientOrderId, type, side } = order
  const { price, quantity: origQty, filledQuantity, filledQuote } = orderFields(order, 0)
  const status = statusOf(order)
  return {
    symbol: instrument.symbol,
    orderId,
    price,
    stopPrice: '0',
    origQty,
    executedQty: filledQuantity,
    cummulativeQuoteQty: filledQuote,
    // REST has another name for a new order than the stream.
    status: status === 'NEW' ? 'PENDING' : status,
    type,
    side,
    clientOrderID: clientOrderId,
  }
}

const executionReport = (execution: Execution): BingxExecutionReport => {
  const { at, type, order, trade } = execution
  const { commission, ...lastFill } = fillFields(execution)
  return {
    eventTime: at,
    symbol: order.instrument.symbol,
    clientOrderId: order.clientOrderId,
    side: order.side,
    orderType: order.type,
    executionType: type === 'EXPIRED' ? 'CANCELED' : type,
    status: statusOf(order),
    orderId: String(order.orderId),
    transactionTime: at,
    tradeId: String(trade?.tradeId ?? 0),
    isMaker: trade?.isMaker ?? false,
    creationTime: order.createdAt,
    ...orderFields(order, 0),
    ...lastFill,
    commission: commission === null ? '0' : `-${commission}`,
    commissionAsset: trade?.commissionAsset ?? '',
  }
}

const accountUpdate = ({ at, order, wallet }: Execution): BingxAccountUpdate => ({
  eventTime: at,
  transactionTime: at,
  account: {
    reason: 'ORDER',
    balances: pairBalances(wallet, order).map(({ asset, free, locked }) => ({
      asset,
      walletBalance: moneyText(free + locked),
      crossWalletBalance: moneyText(free),
      balanceChange: '0',
      locked: moneyText(locked),
    })),
    positions: [],
  },
})

/** Ids beyond 2^53 go over the wire as numbers, which their codec writes as texts. */
const idsAsNumbers = (data: Values): Values => {
  const ids = ['i', 't'].flatMap((key) => (typeof data[key] === 'string' ? [[key, BigInt(data[key])] as const] : []))
  return { ...data, ...Object.fromEntries(ids) }
}

const trading: Trading = {
  assets: ({ base, quote }) => [base, quote],
  wallet: spotWallet,
  fees: { maker: 1_000n, taker: 1_000n },
  firstOrderId: 1_812_112_568_701_845_504n,
  endpoints: endpointsUnder('/openApi/spot/v1', 'hmac', [
    ['POST', 'trade/order', 'place', 1],
    ['POST', 'trade/cancel', 'cancel', 1],
    ['POST', 'trade/cancelOpenOrders', 'cancelAll', 1],
    ['GET', 'trade/query', 'query', 1],
    ['GET', 'trade/openOrders', 'openOrders', 1],
    ['GET', 'trade/historyOrders', 'allOrders', 1],
    ['GET', 'account/balance', 'account', 1],
  ]),
  clientOrderId: 'clientOrderID',
  timesInForce: { GTC: 'GTC', IOC: 'IOC', FOK: 'FOK', PostOnly: 'GTX' },
  placed: (order) => ({ ...common(order), transactTime: order.updatedAt }),
  queried: (order) => ({
    ...common(order),
    time: order.createdAt,
    updateTime: order.updatedAt,
    origQuoteOrderQty: '0',
  }),
  list: (orders) => ({ orders }),
  allCancelled: (orders) => ({ orders: orders.map(common) }),
  pages: { account: (entry, account) => ({ balances: balanceFields(entry.wallet(account).balances()) }) },
  wrapped: (data) => ({ code: 0, msg: '', debugMsg: '', data }),
  events: (execution) => [
    ['executionReport', executionReport(execution)],
    ['ACCOUNT_UPDATE', accountUpdate(execution)],
  ],
  wire: idsAsNumbers,
}

const invalid = (msg: string) => ({ code: INVALID, msg })
const wrongClock = { code: 100421, msg: 'Null timestamp or timestamp mismatch' }
const wrongKey = { code: 100413, msg: 'Incorrect apiKey' }
const noOrder = { code: 80016, msg: 'order does not exist' }

/** Errors come with the HTTP status of a success. */
const errors: ErrorCatalogue = {
  status: 200,
  errors: {
    missing: invalid('%s is empty'),
    missingOneOf: invalid('one of %s is needed'),
    illegal: invalid('%s is not a number'),
    unwanted: invalid('%s is not needed'),
    precision: invalid('the precision is over the maximum'),
    side: invalid('invalid side'),
    type: invalid('invalid type'),
    timeInForce: invalid('invalid timeInForce'),
    symbol: invalid('this symbol does not exist'),
    listenKeyGone: { code: 100404, msg: 'listen key does not exist', status: 404 },
    clock: wrongClock,
    signature: { code: 100001, msg: 'Signature verification failed' },
    nonce: wrongClock,
    noKey: wrongKey,
    unknownKey: wrongKey,
    unknownSigner: wrongKey,
    tooOften: { code: TOO_OFTEN, msg: 'rate limitation' },
    insufficient: { code: 100202, msg: 'Insufficient assets' },
    duplicate: invalid('clientOrderID is duplicated'),
    unknownOrder: noOrder,
    noSuchOrder: noOrder,
    reduceOnly: invalid('reduceOnly is not needed'),
    positionSide: invalid('positionSide is not needed'),
    priceTooLow: invalid('price must be greater than 0'),
    quantityTooLow: invalid('quantity must be greater than 0'),
    quantityTooHigh: invalid('quantity is too great'),
    tickSize: invalid('price does not fit the tick size'),
    clientOrderId: invalid('clientOrderID is not valid'),
  },
}

/** The servers of BingX's spot market: accounts and orders, without market data. */
export const bingxSpotServer: ServerBehaviour = {
  symbols: ['BTC-USDT'],
  skipsIds: false,
  depthSpeed: 1_000,
  depthLimit: 100,
  ping: { every: 5_000, within: 10_000 },
  textHeartbeat,
  subscriptionsOf: listenKeySubscriptions,
  answer,
  answerTooOften: (text) => requestError(text, TOO_OFTEN, 'rate limit'),
  envelope: { code: 0 },
  bareStreams: ['ACCOUNT_UPDATE'],
  omits: {},
  adds: {},
  errors,
  hmac: {
    longestWindow: 5_000,
    /** All parameters by their names, as they were before they were encoded. */
    payload: ({ parameters }) => sortedPairs(parameters),
  },
  unnamedListenKey: { status: 204, body: '' },
  trading,
}
