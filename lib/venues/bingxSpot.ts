import { BingxNewOrder, BingxReplacement } from '../calls/BingxNewOrder.js'
import { BingxOrderName, OfAnySymbol, OfSymbol } from '../calls/OrderName.js'
import { BingxOrder } from '../calls/SpotOrder.js'
import { BingxUserTrade, UserTradeQuery } from '../calls/UserTrade.js'
import { inside } from '../codecs/inside.js'
import { many } from '../codecs/many.js'
import { isValues, type Values } from '../codecs/Values.js'
import { BingxAccountUpdate } from '../events/BingxAccountUpdate.js'
import { BingxExecutionReport } from '../events/BingxExecutionReport.js'
import { ListenKeyExpired } from '../events/ListenKeyExpired.js'
import type { OrderCallTable, OrderRules } from './CallTable.js'
import { isControlId, venueError, type ControlMessage } from './ControlMessage.js'
import type { Dialect, RequestId } from './Dialect.js'
import type { OrderReport } from './OrderReport.js'
import type { RestTable } from './RestTable.js'
import type { AccountTable, StreamTable, Venue } from './Venue.js'

const streams = {} as const satisfies StreamTable

const account = {
  executionReport: {
    kind: 'executionReport',
    event: BingxExecutionReport,
    stream: 'spot.executionReport',
    reportOf: (event: BingxExecutionReport): OrderReport => event,
  },
  ACCOUNT_UPDATE: { kind: 'accountUpdate', event: BingxAccountUpdate, stream: 'ACCOUNT_UPDATE' },
  listenKeyExpired: { kind: 'listenKeyExpired', event: ListenKeyExpired },
} as const satisfies AccountTable

const request = (reqType: string, [dataType]: readonly string[], id: RequestId) =>
  JSON.stringify({ id, reqType, dataType })

/** One name in a request, whose id is a UUID; the endpoint ends in a path of its own. */
const dialect: Dialect = {
  account: (listenKey) => `?listenKey=${encodeURIComponent(listenKey)}`,
  subscribe: (names, id) => request('sub', names, id),
  unsubscribe: (names, id) => request('unsub', names, id),
  /** Too often, an error inside the venue, busy. */
  isTransient: (code) => [100410, 100500, 100503].includes(code),
  requestId: (n) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`,
}

/** A heartbeat is short, and no longer text is read for one. */
const LONGEST_HEARTBEAT = 300

/** `Ping` is answered with `Pong`, and `{"ping":"…","time":"…"}` with the same values, `ping` being `pong`. */
const heartbeat = (text: string): string | undefined => {
  if (text === 'Ping' || text === 'ping') return 'Pong'
  if (text.length > LONGEST_HEARTBEAT || !text.includes('"ping"')) return undefined
  const { ping, time, ...rest } = parsedObject(text)
  const isHeartbeat = [ping, time].every(isEchoed) && Object.keys(rest).length === 0
  return isHeartbeat ? JSON.stringify({ pong: ping, time }) : undefined
}

const isEchoed = (u: unknown): boolean => typeof u === 'string' || Number.isSafeInteger(u)

const parsedObject = (text: string): Values => {
  try {
    const value: unknown = JSON.parse(text)
    return isValues(value) ? value : {}
  } catch {
    return {}
  }
}

/**
 * A code that is not 0 is an error, with `id` or without; code 0 with an `id` and no data is the answer to the request
 * of that id. Code 0 stands in frames of data, too.
 */
const control = (frame: Values): ControlMessage | undefined => {
  const { id, code, data } = frame
  if (typeof code !== 'number') return undefined
  if (code !== 0) return venueError(frame, id)
  return isControlId(id) && (data === undefined || data === null)
    ? { _tag: 'Control', type: 'acknowledgement', id, result: null }
    : undefined
}

const rest: RestTable = {
  versions: {
    v1: {
      signing: 'hmac',
      base: '/openApi/spot/v1',
      time: '/openApi/spot/v1/server/time',
      listenKey: { path: '/openApi/user/auth/userDataStream', authentication: 'signed', isNamed: true, perSecond: 2 },
    },
  },
  apiKeyHeader: 'X-BX-APIKEY',
  scheme: { longestWindow: 5_000, isSorted: true, signs: 'plain', sourceHeader: 'X-SOURCE-KEY' },
  isErrorCode: (code) => code !== 0,
  /** 204: parameters are missing. */
  refusals: [204],
  clockCodes: [100421],
  /** Too many requests. */
  bans: { codes: [100410], until: ['unblocked after', 'can retry after time'] },
  /** An error inside the venue. */
  transientCodes: [100500],
  /** The signature is wrong, a permission is missing, the key is wrong, the address is not listed. */
  credentialCodes: [100001, 100004, 100413, 100419],
}

/** `{"code":0,"msg":"","debugMsg":"","data":{…}}`. */
const one = inside('data', BingxOrder)
const list = inside('data', inside('orders', many(BingxOrder)))

const calls = {
  place: { method: 'POST', path: 'trade/order', parameters: BingxNewOrder, answer: one, weight: 1 },
  cancel: { method: 'POST', path: 'trade/cancel', parameters: BingxOrderName, answer: one, weight: 1 },
  replace: {
    method: 'POST',
    path: 'trade/order/cancelReplace',
    parameters: BingxReplacement,
    weight: 1,
    isNewOrder: true,
    answer: inside('data', inside('newOrderResponse', BingxOrder)),
    always: { cancelReplaceMode: 'STOP_ON_FAILURE' },
  },
  order: { method: 'GET', path: 'trade/query', parameters: BingxOrderName, answer: one, weight: 1 },
  openOrders: { method: 'GET', path: 'trade/openOrders', parameters: OfAnySymbol, answer: list, weight: 1 },
  cancelAll: { method: 'POST', path: 'trade/cancelOpenOrders', parameters: OfSymbol, answer: list, weight: 1 },
  userTrades: {
    method: 'GET',
    path: 'trade/myTrades',
    parameters: UserTradeQuery,
    weight: 1,
    answer: inside('data', inside('fills', many(BingxUserTrade))),
  },
} as const satisfies OrderCallTable

const orders: OrderRules = {
  clientOrderId: /^[A-Za-z0-9_]{1,40}$/,
  refusals: [
    { codes: [100202], reason: 'insufficient' },
    { codes: [80016, 100404], reason: 'unknownOrder' },
    { codes: [100400], words: 'duplicate', reason: 'duplicate' },
    { codes: [100400], words: 'symbol', reason: 'symbol' },
    { codes: [100400], words: 'not exist', reason: 'unknownOrder' },
    { codes: [100421], words: 'order', reason: 'tooManyOrders' },
    { codes: [100421], reason: 'clock' },
    { codes: [100400], words: 'precision', reason: 'filter' },
    { codes: [100400], words: 'tick size', reason: 'filter' },
    { codes: [100400], words: 'minimum', reason: 'filter' },
    { codes: [100400], words: 'great', reason: 'filter' },
    { codes: [100440], reason: 'filter' },
    { codes: [100490, 101402], reason: 'symbol' },
    { codes: [100400], reason: 'malformed' },
    { codes: [100001, 100004, 100412, 100413, 100419, 100441], reason: 'credentials' },
  ],
  /** An error inside the venue, busy. */
  unknownCodes: [100500, 100503],
}

/** BingX's spot market: its account streams, which are asked for by name, its orders, and no market data. */
export interface BingxSpot extends Venue<typeof streams, typeof account, 'bingxSpot'> {
  readonly calls: typeof calls
  readonly orders: OrderRules
}
/** BingX's spot accounts: their events, and how its servers are asked. */
export const bingxSpot: BingxSpot = {
  name: 'bingxSpot',
  endpoints: {
    websocket: 'wss://open-api-ws.bingx.com/market',
    rest: 'https://open-api.bingx.com',
    fallback: { websocket: 'wss://open-api-ws.bingx.pro/market', rest: 'https://open-api.bingx.pro' },
  },
  limits: {
    messagesPerSecond: 2,
    streamsPerConnection: 200,
    namesPerRequest: 1,
    lifetime: Infinity,
    /** The venue counts calls and knows no weights: a bound of our own, 10 a second. */
    weightPerMinute: 600,
  },
  streams,
  account,
  dialect,
  /** `{"code":0,"dataType":"spot.executionReport","data":{…}}`. */
  envelope: { stream: 'dataType', data: 'data' },
  compression: 'gzip',
  heartbeat,
  losslessIds: true,
  control,
  rest,
  calls,
  orders,
}
