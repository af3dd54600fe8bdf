import { Done } from '../calls/Done.js'
import { AsterSpotNewOrder } from '../calls/NewOrder.js'
import { OfAnySymbol, OfSymbol, OrderName } from '../calls/OrderName.js'
import { AsterSpotOrder } from '../calls/SpotOrder.js'
import { UserFillQuery, UserFills } from '../calls/UserFills.js'
import { AsterSpotUserTrade, UserTradeQuery } from '../calls/UserTrade.js'
import { inside } from '../codecs/inside.js'
import { many } from '../codecs/many.js'
import { AccountPosition } from '../events/AccountPosition.js'
import { ExecutionReport } from '../events/ExecutionReport.js'
import { ListenKeyExpired } from '../events/ListenKeyExpired.js'
import { TradePro } from '../events/TradePro.js'
import { binanceStyle } from './binanceStyle.js'
import type { OrderCallTable, OrderRules } from './CallTable.js'
import { linkedOrContiguousIds } from './depthRule.js'
import type { OrderReport } from './OrderReport.js'
import type { AccountTable, StreamTable, VenueWithBooks } from './Venue.js'

const streams = {
  ...binanceStyle.streams,
  tradePro: { name: '<symbol>@tradepro', event: TradePro, sequence: 'tradeId', silence: Infinity },
} as const satisfies StreamTable

const account = {
  outboundAccountPosition: { kind: 'accountPosition', event: AccountPosition },
  executionReport: {
    kind: 'executionReport',
    event: ExecutionReport,
    reportOf: (event: ExecutionReport): OrderReport => event,
  },
  listenKeyExpired: { kind: 'listenKeyExpired', event: ListenKeyExpired },
} as const satisfies AccountTable

/** Where trades are asked for by their ids: 20 a call. */
const tradePaths = (prefix: string) => ({
  aggTrades: { path: `${prefix}/aggTrades`, weight: 20, most: 1_000 },
  historicalTrades: { path: `${prefix}/historicalTrades`, weight: 20, most: 1_000 },
})
/** Single ones with a key only. */
const keyedTradePaths = (prefix: string) => {
  const { aggTrades, historicalTrades } = tradePaths(prefix)
  return { aggTrades, historicalTrades: { ...historicalTrades, isKeyed: true as const } }
}

/** Where Aster's calls are: v3 is signed by a wallet, v1 by a shared secret. */
export const asterPaths = (prefix: string, isNamed: boolean) =>
  ({
    v3: {
      signing: 'eip712',
      base: `${prefix}/v3`,
      depth: `${prefix}/v3/depth`,
      time: `${prefix}/v3/time`,
      ...tradePaths(`${prefix}/v3`),
      listenKey: { path: `${prefix}/v3/listenKey`, authentication: 'signed', isNamed },
    },
    v1: {
      signing: 'hmac',
      base: `${prefix}/v1`,
      depth: `${prefix}/v1/depth`,
      time: `${prefix}/v1/time`,
      ...keyedTradePaths(`${prefix}/v1`),
      listenKey: { path: `${prefix}/v1/listenKey`, authentication: 'apiKey', isNamed },
    },
  }) as const

/** The calls of Aster's spot market, which its prediction market has, too. */
export const asterSpotCalls = {
  place: { method: 'POST', path: 'order', parameters: AsterSpotNewOrder, answer: AsterSpotOrder, weight: 1 },
  cancel: { method: 'DELETE', path: 'order', parameters: OrderName, answer: AsterSpotOrder, weight: 1 },
  order: { method: 'GET', path: 'order', parameters: OrderName, answer: AsterSpotOrder, weight: 1 },
  openOrders: {
    method: 'GET',
    path: 'openOrders',
    parameters: OfAnySymbol,
    answer: many(AsterSpotOrder),
    weight: 1,
    weightOfAll: 40,
  },
  cancelAll: { method: 'DELETE', path: 'allOpenOrders', parameters: OfSymbol, answer: Done, weight: 1 },
  userTrades: {
    method: 'GET',
    path: 'userTrades',
    parameters: UserTradeQuery,
    answer: many(AsterSpotUserTrade),
    weight: 5,
  },
} as const satisfies OrderCallTable

/** The RPC of Aster's chain, which tells everybody of everybody, as far as it is not private. */
export const onChain = {
  method: 'POST',
  endpoint: 'https://tapi.asterdex.com',
  path: '/info',
  parameters: UserFillQuery,
  answer: inside('result', UserFills),
  weight: 1,
  authentication: 'none',
  isIdempotent: true,
} as const

const calls = {
  ...asterSpotCalls,
  userFills: { ...onChain, rpc: 'aster_spotUserFills' },
} as const satisfies OrderCallTable

/** Aster's spot market. */
export interface AsterSpot extends VenueWithBooks<typeof streams, typeof account, 'asterSpot'> {
  readonly calls: typeof calls
  readonly orders: OrderRules
}
/** Aster's spot market: its streams, its accounts, and how its servers are asked. */
export const asterSpot: AsterSpot = {
  ...binanceStyle,
  name: 'asterSpot',
  endpoints: {
    websocket: 'wss://sstream.asterdex.com',
    rest: 'https://sapi.asterdex.com',
    named: {
      testnet: { websocket: 'wss://sstream.asterdex-testnet.com', rest: 'https://sapi.asterdex-testnet.com' },
    },
  },
  limits: {
    messagesPerSecond: 5,
    streamsPerConnection: 1_024,
    namesPerRequest: 100,
    lifetime: 86_400_000,
    weightPerMinute: 6_000,
  },
  streams,
  account,
  rest: {
    ...binanceStyle.rest,
    versions: asterPaths('/api', true),
    depth: {
      sizes: [5, 10, 20, 50, 100, 500, 1_000],
      weights: [
        { upTo: 50, weight: 2 },
        { upTo: 100, weight: 5 },
        { upTo: 500, weight: 10 },
        { upTo: 1_000, weight: 20 },
      ],
    },
  },
  depthRule: linkedOrContiguousIds,
  calls,
}
