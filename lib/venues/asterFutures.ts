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
import type { AccountTable, StreamTable, Venue } from './Venue.js'

const streams = {
  aggTrade: { name: '<symbol>@aggTrade', event: AggTrade },
  trade: { name: '<symbol>@trade', event: Trade },
  tradePro: { name: '<symbol>@tradepro', event: TradePro },
  kline: { name: '<symbol>@kline_<interval>', event: Kline },
  miniTicker: { name: '<symbol>@miniTicker', event: MiniTicker },
  miniTickers: { name: '!miniTicker@arr', event: many(MiniTicker) },
  ticker: { name: '<symbol>@ticker', event: Ticker },
  tickers: { name: '!ticker@arr', event: many(Ticker) },
  bookTicker: { name: '<symbol>@bookTicker', event: TaggedBookTicker, recognize: looksLikeBookTicker },
  bookTickers: { name: '!bookTicker', event: TaggedBookTicker },
  partialDepth: { name: '<symbol>@depth<levels>[@<speed:milliseconds>]', event: PartialDepth },
  depth: { name: '<symbol>@depth[@<speed:milliseconds>]', event: LinkedDepthUpdate },
  markPrice: { name: '<symbol>@markPrice[@<speed:second>]', event: MarkPrice },
  markPrices: { name: '!markPrice@arr[@<speed:second>]', event: many(MarkPrice) },
  forceOrder: { name: '<symbol>@forceOrder', event: ForceOrder },
  forceOrders: { name: '!forceOrder@arr', event: many(ForceOrder, { one: true }) },
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
  limits: { messagesPerSecond: 10, streamsPerConnection: 200, lifetime: 86_400_000, weightPerMinute: 2_400 },
  streams,
  account,
  control: methodControl,
  depthSnapshot: DepthSnapshot,
  depthRule: linkedIds,
  bookStream: '<symbol>@depth@100ms',
}
