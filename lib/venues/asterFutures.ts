import { AsterFuturesOrder } from '../calls/AsterFuturesOrder.js'
import { BatchCancel, BatchOrders } from '../calls/Batch.js'
import { BatchAnswer } from '../calls/BatchAnswer.js'
import { DirectAnnouncements, PageQuery } from '../calls/DirectAnnouncements.js'
import { Done } from '../calls/Done.js'
import {
  ForcedOrderQuery,
  MarginChange,
  MarginChangeQuery,
  NoParameters,
  PositionMode,
  PositionRisk,
} from '../calls/FuturesAccount.js'
import { AsterFuturesNewOrder } from '../calls/FuturesNewOrder.js'
import { NewTerms, OfAnySymbol, OfSymbol, OrderName } from '../calls/OrderName.js'
import { AsterFuturesUserTrade, UserTradeQuery } from '../calls/UserTrade.js'
import { many } from '../codecs/many.js'
import { AccountConfigUpdate } from '../events/AccountConfigUpdate.js'
import { AccountUpdate } from '../events/AccountUpdate.js'
import { Announcement } from '../events/Announcement.js'
import { LinkedDepthUpdate } from '../events/DepthUpdate.js'
import { ForceOrder } from '../events/ForceOrder.js'
import { ListenKeyExpired } from '../events/ListenKeyExpired.js'
import { MarginCall } from '../events/MarginCall.js'
import { MarkPrice } from '../events/MarkPrice.js'
import { OrderUpdate } from '../events/OrderUpdate.js'
import { asterPaths, asterSpot, onChain } from './asterSpot.js'
import type { OrderCallTable, OrderRules } from './CallTable.js'
import { linkedIds } from './depthRule.js'
import type { OrderReport } from './OrderReport.js'
import type { AccountTable, StreamTable, VenueWithBooks } from './Venue.js'

const streams = {
  ...asterSpot.streams,
  depth: { name: '<symbol>@depth[@<speed:milliseconds>]', event: LinkedDepthUpdate, sequence: 'lastUpdateId' },
  markPrice: { name: '<symbol>@markPrice[@<speed:second>]', event: MarkPrice, sequence: 'eventTime', silence: 30_000 },
  markPrices: {
    name: '!markPrice@arr[@<speed:second>]',
    event: many(MarkPrice),
    sequence: 'eventTime',
    silence: 30_000,
  },
  forceOrder: { name: '<symbol>@forceOrder', event: ForceOrder, silence: Infinity },
  forceOrders: { name: '!forceOrder@arr', event: many(ForceOrder, { one: true }), silence: Infinity },
} as const satisfies StreamTable

const account = {
  ACCOUNT_UPDATE: { kind: 'accountUpdate', event: AccountUpdate },
  ORDER_TRADE_UPDATE: {
    kind: 'orderUpdate',
    event: OrderUpdate,
    reportOf: ({ order, transactionTime }: OrderUpdate): OrderReport => ({ ...order, transactionTime }),
  },
  MARGIN_CALL: { kind: 'marginCall', event: MarginCall },
  ACCOUNT_CONFIG_UPDATE: { kind: 'accountConfigUpdate', event: AccountConfigUpdate },
  listenKeyExpired: { kind: 'listenKeyExpired', event: ListenKeyExpired },
  announcement: { kind: 'announcement', event: Announcement },
} as const satisfies AccountTable

const calls = {
  place: { method: 'POST', path: 'order', parameters: AsterFuturesNewOrder, answer: AsterFuturesOrder, weight: 1 },
  cancel: { method: 'DELETE', path: 'order', parameters: OrderName, answer: AsterFuturesOrder, weight: 1 },
  replace: {
    method: 'PUT',
    path: { v3: '/fapi/v3/order' },
    parameters: NewTerms,
    answer: AsterFuturesOrder,
    weight: 1,
  },
  order: { method: 'GET', path: 'order', parameters: OrderName, answer: AsterFuturesOrder, weight: 1 },
  openOrders: {
    method: 'GET',
    path: 'openOrders',
    parameters: OfAnySymbol,
    answer: many(AsterFuturesOrder),
    weight: 1,
    weightOfAll: 40,
  },
  cancelAll: { method: 'DELETE', path: 'allOpenOrders', parameters: OfSymbol, answer: Done, weight: 1 },
  placeMany: { method: 'POST', path: 'batchOrders', parameters: BatchOrders, answer: many(BatchAnswer), weight: 5 },
  cancelMany: { method: 'DELETE', path: 'batchOrders', parameters: BatchCancel, answer: many(BatchAnswer), weight: 1 },
  userTrades: {
    method: 'GET',
    path: 'userTrades',
    parameters: UserTradeQuery,
    answer: many(AsterFuturesUserTrade),
    weight: 5,
  },
  forcedOrders: {
    method: 'GET',
    path: 'forceOrders',
    parameters: ForcedOrderQuery,
    answer: many(AsterFuturesOrder),
    weight: 20,
    weightOfAll: 50,
  },
  positions: {
    method: 'GET',
    path: { v3: '/fapi/v3/positionRisk', v1: '/fapi/v2/positionRisk' },
    weight: 5,
    parameters: OfAnySymbol,
    answer: many(PositionRisk),
  },
  positionMode: {
    method: 'GET',
    path: 'positionSide/dual',
    parameters: NoParameters,
    answer: PositionMode,
    weight: 30,
  },
  marginChanges: {
    method: 'GET',
    path: 'positionMargin/history',
    parameters: MarginChangeQuery,
    answer: many(MarginChange),
    weight: 1,
  },
  announcements: {
    method: 'GET',
    path: { v3: '/fapi/v3/announcement/direct' },
    parameters: PageQuery,
    answer: DirectAnnouncements,
    weight: 1,
  },
  userFills: { ...onChain, rpc: 'aster_userFills' },
} as const satisfies OrderCallTable

/** Aster's perpetual futures. */
export interface AsterFutures extends VenueWithBooks<typeof streams, typeof account, 'asterFutures'> {
  readonly calls: typeof calls
  readonly orders: OrderRules
}
/** Aster's perpetual futures: their streams, their accounts, and how their servers are asked. */
export const asterFutures: AsterFutures = {
  ...asterSpot,
  name: 'asterFutures',
  endpoints: {
    websocket: 'wss://fstream.asterdex.com',
    rest: 'https://fapi.asterdex.com',
    named: {
      testnet: { websocket: 'wss://fstream.asterdex-testnet.com', rest: 'https://fapi.asterdex-testnet.com' },
      testnet5: { websocket: 'wss://fstream5.asterdex-testnet.com', rest: 'https://fapi.asterdex-testnet.com' },
    },
  },
  limits: {
    messagesPerSecond: 10,
    streamsPerConnection: 200,
    namesPerRequest: 100,
    lifetime: 86_400_000,
    weightPerMinute: 2_400,
  },
  streams,
  account,
  rest: { ...asterSpot.rest, versions: asterPaths('/fapi', false) },
  depthRule: linkedIds,
  calls,
}
