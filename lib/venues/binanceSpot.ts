import { BinanceNewOrder, BinanceReplacement } from '../calls/BinanceNewOrder.js'
import { OfAnySymbol, OfSymbol, OrderName } from '../calls/OrderName.js'
import { BinanceOrder } from '../calls/SpotOrder.js'
import { BinanceUserTrade, UserTradeQuery } from '../calls/UserTrade.js'
import { inside } from '../codecs/inside.js'
import { many } from '../codecs/many.js'
import { isValues, type Values } from '../codecs/Values.js'
import { AccountPosition } from '../events/AccountPosition.js'
import { AvgPrice } from '../events/AvgPrice.js'
import { BalanceUpdate } from '../events/BalanceUpdate.js'
import { BinanceExecutionReport } from '../events/BinanceExecutionReport.js'
import { BookTicker, looksLikeBookTicker } from '../events/BookTicker.js'
import { ExternalLock } from '../events/ExternalLock.js'
import { ListStatus } from '../events/ListStatus.js'
import { BarePartialDepth } from '../events/PartialDepth.js'
import { ReferencePrice } from '../events/ReferencePrice.js'
import { ServerShutdown } from '../events/ServerShutdown.js'
import { StreamTerminated } from '../events/StreamTerminated.js'
import { BlockTrade } from '../events/Trade.js'
import { WindowTicker } from '../events/WindowTicker.js'
import { binanceStyle } from './binanceStyle.js'
import type { OrderCallTable, OrderRules } from './CallTable.js'
import { isControlId, type ControlMessage } from './ControlMessage.js'
import { contiguousIds } from './depthRule.js'
import type { Dialect, TimeUnit } from './Dialect.js'
import type { OrderReport } from './OrderReport.js'
import type { AccountTable, StreamTable, VenueWithBooks } from './Venue.js'
import type { WebsocketApi } from './WebsocketApi.js'

const windowTags = ['1hTicker', '4hTicker', '1dTicker']

const streams = {
  ...binanceStyle.streams,
  kline: { ...binanceStyle.streams.kline, name: '<symbol>@kline_<interval:secondInterval>[@<offset>]' },
  tickers: { ...binanceStyle.streams.tickers, retired: '2026-03' },
  bookTicker: { name: '<symbol>@bookTicker', event: BookTicker, sequence: 'updateId', recognize: looksLikeBookTicker },
  bookTickers: { name: '!bookTicker', event: BookTicker, retired: '2022' },
  partialDepth: { ...binanceStyle.streams.partialDepth, event: BarePartialDepth },
  blockTrade: { name: '<symbol>@blockTrade', event: BlockTrade, sequence: 'tradeId', silence: Infinity },
  windowTicker: {
    name: '<symbol>@ticker_<window>',
    event: WindowTicker,
    sequence: 'eventTime',
    e: windowTags,
    silence: 300_000,
  },
  windowTickers: { name: '!ticker_<window>@arr', event: many(WindowTicker), sequence: 'eventTime', e: windowTags },
  avgPrice: { name: '<symbol>@avgPrice', event: AvgPrice, sequence: 'eventTime' },
  referencePrice: { name: '<symbol>@referencePrice', event: ReferencePrice, sequence: 'time', silence: Infinity },
  serverShutdown: {
    name: '!serverShutdown',
    event: ServerShutdown,
    sequence: 'eventTime',
    silence: Infinity,
    unasked: true,
  },
} as const satisfies StreamTable

/** Where an order was cancelled, its report has the id of the cancelling, and that of the order beside it. */
const reportOf = (event: BinanceExecutionReport): OrderReport => {
  const { originalClientOrderId: original } = event
  return original === null || original === '' ? event : { ...event, clientOrderId: original }
}

const account = {
  outboundAccountPosition: { kind: 'accountPosition', event: AccountPosition },
  balanceUpdate: { kind: 'balanceUpdate', event: BalanceUpdate },
  executionReport: { kind: 'executionReport', event: BinanceExecutionReport, reportOf },
  listStatus: { kind: 'listStatus', event: ListStatus },
  eventStreamTerminated: { kind: 'streamTerminated', event: StreamTerminated },
  externalLockUpdate: { kind: 'externalLock', event: ExternalLock },
} as const satisfies AccountTable

/** Requests about accounts are taken elsewhere, and how much may still be asked for is not said with each answer. */
const QUERY = '?returnRateLimits=false'

/** Binance also sends microseconds when it is asked to. */
const inUnit = (unit: TimeUnit): Dialect => {
  const timeUnit = `timeUnit=${unit.toUpperCase()}`
  const { path, raw } = binanceStyle.dialect
  const asking = (address: string) => `${address}${address.includes('?') ? '&' : '?'}${timeUnit}`
  return {
    ...binanceStyle.dialect,
    path: (names) => asking(path(names)),
    raw: (name) => asking(raw(name)),
    account: () => `${QUERY}&${timeUnit}`,
    inUnit,
  }
}

const websocketApi: WebsocketApi = {
  scheme: { longestWindow: 60_000, isSorted: true, signs: 'plain' },
  request: (method, params, id) => JSON.stringify({ id, method, params }),
  methods: {
    subscribe: 'userDataStream.subscribe.signature',
    unsubscribe: 'userDataStream.unsubscribe',
    ping: 'ping',
  },
  weight: 2,
  ended: 'eventStreamTerminated',
}

/** The account is subscribed to on this connection already. */
const ALREADY = -2035

/** As elsewhere; an error may say when requests are taken again: `{"error":{"code":-1003,…,"data":{"retryAfter":…}}}`. */
const control = (frame: Values): ControlMessage | undefined => {
  const said = binanceStyle.control(frame)
  const { error, id } = frame
  if (said?.type !== 'error' || !isValues(error)) return said
  if (said.code === ALREADY && isControlId(id)) return { _tag: 'Control', type: 'acknowledgement', id, result: null }
  const until = isValues(error['data']) ? error['data']['retryAfter'] : undefined
  return typeof until === 'number' ? { ...said, until } : said
}

/** The answer says what became of the order, of any type. */
const result = { newOrderRespType: 'RESULT' } as const

const calls = {
  place: {
    method: 'POST',
    path: 'order',
    parameters: BinanceNewOrder,
    answer: BinanceOrder,
    weight: 1,
    always: result,
  },
  cancel: { method: 'DELETE', path: 'order', parameters: OrderName, answer: BinanceOrder, weight: 1 },
  replace: {
    method: 'POST',
    path: 'order/cancelReplace',
    parameters: BinanceReplacement,
    weight: 1,
    isNewOrder: true,
    answer: inside('newOrderResponse', BinanceOrder),
    always: { ...result, cancelReplaceMode: 'STOP_ON_FAILURE' },
  },
  order: { method: 'GET', path: 'order', parameters: OrderName, answer: BinanceOrder, weight: 4 },
  openOrders: {
    method: 'GET',
    path: 'openOrders',
    parameters: OfAnySymbol,
    answer: many(BinanceOrder),
    weight: 6,
    weightOfAll: 80,
  },
  cancelAll: { method: 'DELETE', path: 'openOrders', parameters: OfSymbol, answer: many(BinanceOrder), weight: 1 },
  userTrades: {
    method: 'GET',
    path: 'myTrades',
    parameters: UserTradeQuery,
    answer: many(BinanceUserTrade),
    weight: 20,
  },
} as const satisfies OrderCallTable

/** The codes that mean another thing here, before what they mean on futures. */
const orders: OrderRules = {
  ...binanceStyle.orders,
  refusals: [
    { codes: [-2021, -2022], reason: 'other' },
    { codes: [-2026, -2039], reason: 'unknownOrder' },
    ...binanceStyle.orders.refusals,
  ],
}

/** Binance's spot market. */
export interface BinanceSpot extends VenueWithBooks<typeof streams, typeof account, 'binanceSpot'> {
  readonly calls: typeof calls
  readonly orders: OrderRules
}
/** Binance's spot market: its streams, its account events, and how its servers are asked. */
export const binanceSpot: BinanceSpot = {
  ...binanceStyle,
  name: 'binanceSpot',
  endpoints: {
    websocket: 'wss://stream.binance.com:9443',
    rest: 'https://api.binance.com',
    websocketApi: 'wss://ws-api.binance.com/ws-api/v3',
    named: {
      testnet: {
        websocket: 'wss://stream.testnet.binance.vision',
        rest: 'https://testnet.binance.vision',
        websocketApi: 'wss://ws-api.testnet.binance.vision/ws-api/v3',
      },
      demo: {
        websocket: 'wss://demo-stream.binance.com',
        rest: 'https://demo-api.binance.com',
        websocketApi: 'wss://demo-ws-api.binance.com/ws-api/v3',
      },
      /** Binance.US. */
      us: {
        websocket: 'wss://stream.binance.us:9443',
        rest: 'https://api.binance.us',
        websocketApi: 'wss://ws-api.binance.us/ws-api/v3',
      },
      /** No accounts. */
      marketData: { websocket: 'wss://data-stream.binance.vision', rest: 'https://data-api.binance.vision' },
    },
  },
  limits: {
    messagesPerSecond: 5,
    streamsPerConnection: 1_024,
    namesPerRequest: 100,
    connectionAttempts: { count: 300, per: 300_000 },
    lifetime: 86_400_000,
    weightPerMinute: 6_000,
  },
  streams,
  account,
  dialect: { ...binanceStyle.dialect, account: () => QUERY, inUnit },
  websocketApi,
  control,
  /** An account's events come with the number of their subscription: `{"subscriptionId":0,"event":{…}}`. */
  envelope: { ...binanceStyle.envelope, account: 'event' },
  rest: {
    ...binanceStyle.rest,
    versions: {
      v3: {
        signing: ['hmac', 'ed25519'],
        base: '/api/v3',
        depth: '/api/v3/depth',
        time: '/api/v3/time',
        aggTrades: { path: '/api/v3/aggTrades', weight: 4, most: 1_000 },
        historicalTrades: { path: '/api/v3/historicalTrades', weight: 25, most: 1_000 },
      },
    },
    depth: {
      weights: [
        { upTo: 100, weight: 5 },
        { upTo: 500, weight: 25 },
        { upTo: 1_000, weight: 50 },
        { upTo: 5_000, weight: 250 },
      ],
    },
  },
  depthRule: contiguousIds,
  calls,
  orders,
}
