import { many } from '../codecs/many.js'
import { AccountPosition } from '../events/AccountPosition.js'
import { AggTrade } from '../events/AggTrade.js'
import { AvgPrice } from '../events/AvgPrice.js'
import { BalanceUpdate } from '../events/BalanceUpdate.js'
import { BinanceExecutionReport } from '../events/BinanceExecutionReport.js'
import { BlockTrade, Trade } from '../events/Trade.js'
import { BookTicker, looksLikeBookTicker } from '../events/BookTicker.js'
import { DepthSnapshot } from '../events/DepthSnapshot.js'
import { DepthUpdate } from '../events/DepthUpdate.js'
import { ExternalLock } from '../events/ExternalLock.js'
import { Kline } from '../events/Kline.js'
import { ListStatus } from '../events/ListStatus.js'
import { MiniTicker } from '../events/MiniTicker.js'
import { BarePartialDepth } from '../events/PartialDepth.js'
import { ReferencePrice } from '../events/ReferencePrice.js'
import { ServerShutdown } from '../events/ServerShutdown.js'
import { StreamTerminated } from '../events/StreamTerminated.js'
import { Ticker } from '../events/Ticker.js'
import { WindowTicker } from '../events/WindowTicker.js'
import { methodControl } from './control.js'
import { contiguousIds } from './depthRule.js'
import { binanceDialect } from './dialect.js'
import { binanceEnvelope } from './envelope.js'
import { binanceSpotRest } from './RestTable.js'
import type { AccountTable, StreamTable, VenueWithBooks } from './Venue.js'

const windowTags = ['1hTicker', '4hTicker', '1dTicker']

const streams = {
  aggTrade: { name: '<symbol>@aggTrade', event: AggTrade, sequence: 'aggregateId', silence: 300_000 },
  trade: { name: '<symbol>@trade', event: Trade, sequence: 'tradeId', silence: 300_000 },
  blockTrade: { name: '<symbol>@blockTrade', event: BlockTrade, sequence: 'tradeId', silence: Infinity },
  kline: { name: '<symbol>@kline_<interval:secondInterval>[@<offset>]', event: Kline, sequence: 'eventTime' },
  miniTicker: { name: '<symbol>@miniTicker', event: MiniTicker, sequence: 'eventTime' },
  miniTickers: { name: '!miniTicker@arr', event: many(MiniTicker), sequence: 'eventTime' },
  ticker: { name: '<symbol>@ticker', event: Ticker, sequence: 'eventTime' },
  tickers: { name: '!ticker@arr', event: many(Ticker), sequence: 'eventTime', retired: '2026-03' },
  windowTicker: { name: '<symbol>@ticker_<window>', event: WindowTicker, sequence: 'eventTime', e: windowTags },
  windowTickers: { name: '!ticker_<window>@arr', event: many(WindowTicker), sequence: 'eventTime', e: windowTags },
  bookTicker: { name: '<symbol>@bookTicker', event: BookTicker, sequence: 'updateId', recognize: looksLikeBookTicker },
  bookTickers: { name: '!bookTicker', event: BookTicker, retired: '2022' },
  avgPrice: { name: '<symbol>@avgPrice', event: AvgPrice, sequence: 'eventTime' },
  referencePrice: { name: '<symbol>@referencePrice', event: ReferencePrice, sequence: 'time', silence: Infinity },
  partialDepth: {
    name: '<symbol>@depth<levels>[@<speed:milliseconds>]',
    event: BarePartialDepth,
    sequence: 'lastUpdateId',
  },
  depth: { name: '<symbol>@depth[@<speed:milliseconds>]', event: DepthUpdate, sequence: 'lastUpdateId' },
  serverShutdown: {
    name: '!serverShutdown',
    event: ServerShutdown,
    sequence: 'eventTime',
    silence: Infinity,
    unasked: true,
  },
} as const satisfies StreamTable

const account = {
  outboundAccountPosition: { kind: 'accountPosition', event: AccountPosition },
  balanceUpdate: { kind: 'balanceUpdate', event: BalanceUpdate },
  executionReport: { kind: 'executionReport', event: BinanceExecutionReport },
  listStatus: { kind: 'listStatus', event: ListStatus },
  eventStreamTerminated: { kind: 'streamTerminated', event: StreamTerminated },
  externalLockUpdate: { kind: 'externalLock', event: ExternalLock },
} as const satisfies AccountTable

/** Binance's spot market. */
export interface BinanceSpot extends VenueWithBooks<typeof streams, typeof account> {}
export const binanceSpot: BinanceSpot = {
  name: 'binanceSpot',
  endpoints: { websocket: 'wss://stream.binance.com:9443', rest: 'https://api.binance.com' },
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
  dialect: binanceDialect,
  envelope: binanceEnvelope,
  control: methodControl,
  rest: binanceSpotRest,
  depthSnapshot: DepthSnapshot,
  depthRule: contiguousIds,
  bookStream: '<symbol>@depth@100ms',
}
