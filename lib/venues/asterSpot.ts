import { many } from '../codecs/many.js'
import { AccountPosition } from '../events/AccountPosition.js'
import { AggTrade } from '../events/AggTrade.js'
import { looksLikeBookTicker, TaggedBookTicker } from '../events/BookTicker.js'
import { DepthSnapshot } from '../events/DepthSnapshot.js'
import { DepthUpdate } from '../events/DepthUpdate.js'
import { ExecutionReport } from '../events/ExecutionReport.js'
import { Kline } from '../events/Kline.js'
import { ListenKeyExpired } from '../events/ListenKeyExpired.js'
import { MiniTicker } from '../events/MiniTicker.js'
import { PartialDepth } from '../events/PartialDepth.js'
import { Ticker } from '../events/Ticker.js'
import { Trade } from '../events/Trade.js'
import { TradePro } from '../events/TradePro.js'
import { methodControl } from './control.js'
import { linkedOrContiguousIds } from './depthRule.js'
import { methodDialect } from './dialect.js'
import { asterSpotRest } from './RestTable.js'
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
  depth: { name: '<symbol>@depth[@<speed:milliseconds>]', event: DepthUpdate, key: 'lastUpdateId' },
} as const satisfies StreamTable

const account = {
  outboundAccountPosition: { kind: 'accountPosition', event: AccountPosition },
  executionReport: { kind: 'executionReport', event: ExecutionReport },
  listenKeyExpired: { kind: 'listenKeyExpired', event: ListenKeyExpired },
} as const satisfies AccountTable

/** Aster's spot market. */
export interface AsterSpot extends Venue<typeof streams, typeof account> {
  readonly depthSnapshot: typeof DepthSnapshot
}
export const asterSpot: AsterSpot = {
  name: 'asterSpot',
  endpoints: {
    websocket: 'wss://sstream.asterdex.com',
    rest: 'https://sapi.asterdex.com',
    testnet: { websocket: 'wss://sstream.asterdex-testnet.com', rest: 'https://sapi.asterdex-testnet.com' },
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
  dialect: methodDialect,
  control: methodControl,
  rest: asterSpotRest,
  depthSnapshot: DepthSnapshot,
  depthRule: linkedOrContiguousIds,
  bookStream: '<symbol>@depth@100ms',
}
