import { many } from '../codecs/many.js'
import { AccountConfigUpdate } from '../events/AccountConfigUpdate.js'
import { AccountUpdate } from '../events/AccountUpdate.js'
import { AggTrade } from '../events/AggTrade.js'
import { Announcement } from '../events/Announcement.js'
import { looksLikeBookTicker, TaggedBookTicker } from '../events/BookTicker.js'
import { DepthSnapshot } from '../events/DepthSnapshot.js'
import { LinkedDepthUpdate } from '../events/DepthUpdate.js'
import { ForceOrder } from '../events/ForceOrder.js'
import { Kline } from '../events/Kline.js'
import { ListenKeyExpired } from '../events/ListenKeyExpired.js'
import { MarginCall } from '../events/MarginCall.js'
import { MarkPrice } from '../events/MarkPrice.js'
import { MiniTicker } from '../events/MiniTicker.js'
import { OrderUpdate } from '../events/OrderUpdate.js'
import { PartialDepth } from '../events/PartialDepth.js'
import { Ticker } from '../events/Ticker.js'
import { Trade } from '../events/Trade.js'
import { TradePro } from '../events/TradePro.js'
import { methodControl } from './control.js'
import { linkedIds } from './depthRule.js'
import { methodDialect } from './dialect.js'
import { asterFuturesRest } from './RestTable.js'
import type { AccountTable, StreamTable, Venue } from './Venue.js'

const streams = {
  aggTrade: { name: '<symbol>@aggTrade', event: AggTrade, key: 'aggregateId', silence: 300_000 },
  trade: { name: '<symbol>@trade', event: Trade, key: 'tradeId', silence: 300_000 },
  tradePro: { name: '<symbol>@tradepro', event: TradePro, key: 'tradeId', silence: Infinity },
  kline: { name: '<symbol>@kline_<interval>', event: Kline, key: 'eventTime' },
  miniTicker: { name: '<symbol>@miniTicker', event: MiniTicker, key: 'eventTime' },
  miniTickers: { name: '!miniTicker@arr', event: many(MiniTicker), key: 'eventTime' },
  ticker: { name: '<symbol>@ticker', event: Ticker, key: 'eventTime' },
  tickers: { name: '!ticker@arr', event: many(Ticker), key: 'eventTime' },
  bookTicker: { name: '<symbol>@bookTicker', event: TaggedBookTicker, key: 'updateId', recognize: looksLikeBookTicker },
  bookTickers: { name: '!bookTicker', event: TaggedBookTicker },
  partialDepth: { name: '<symbol>@depth<levels>[@<speed:milliseconds>]', event: PartialDepth, key: 'lastUpdateId' },
  depth: { name: '<symbol>@depth[@<speed:milliseconds>]', event: LinkedDepthUpdate, key: 'lastUpdateId' },
  markPrice: { name: '<symbol>@markPrice[@<speed:second>]', event: MarkPrice, key: 'eventTime' },
  markPrices: { name: '!markPrice@arr[@<speed:second>]', event: many(MarkPrice), key: 'eventTime' },
  forceOrder: { name: '<symbol>@forceOrder', event: ForceOrder, silence: Infinity },
  forceOrders: { name: '!forceOrder@arr', event: many(ForceOrder, { one: true }), silence: Infinity },
} as const satisfies StreamTable

const account = {
  ACCOUNT_UPDATE: { kind: 'accountUpdate', event: AccountUpdate },
  ORDER_TRADE_UPDATE: { kind: 'orderUpdate', event: OrderUpdate },
  MARGIN_CALL: { kind: 'marginCall', event: MarginCall },
  ACCOUNT_CONFIG_UPDATE: { kind: 'accountConfigUpdate', event: AccountConfigUpdate },
  listenKeyExpired: { kind: 'listenKeyExpired', event: ListenKeyExpired },
  announcement: { kind: 'announcement', event: Announcement },
} as const satisfies AccountTable

/** Aster's perpetual futures. */
export interface AsterFutures extends Venue<typeof streams, typeof account> {
  readonly depthSnapshot: typeof DepthSnapshot
}
export const asterFutures: AsterFutures = {
  name: 'asterFutures',
  endpoints: {
    websocket: 'wss://fstream.asterdex.com',
    rest: 'https://fapi.asterdex.com',
    testnet: { websocket: 'wss://fstream.asterdex-testnet.com', rest: 'https://fapi.asterdex-testnet.com' },
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
  dialect: methodDialect,
  control: methodControl,
  rest: asterFuturesRest,
  depthSnapshot: DepthSnapshot,
  depthRule: linkedIds,
  bookStream: '<symbol>@depth@100ms',
}
