import { many } from '../codecs/many.js'
import { AggTrade } from '../events/AggTrade.js'
import { AvgPrice } from '../events/AvgPrice.js'
import { BlockTrade } from '../events/BlockTrade.js'
import { BookTicker, looksLikeBookTicker } from '../events/BookTicker.js'
import { DepthSnapshot } from '../events/DepthSnapshot.js'
import { DepthUpdate } from '../events/DepthUpdate.js'
import { Kline } from '../events/Kline.js'
import { MiniTicker } from '../events/MiniTicker.js'
import { BarePartialDepth } from '../events/PartialDepth.js'
import { ReferencePrice } from '../events/ReferencePrice.js'
import { ServerShutdown } from '../events/ServerShutdown.js'
import { Ticker } from '../events/Ticker.js'
import { Trade } from '../events/Trade.js'
import { WindowTicker } from '../events/WindowTicker.js'
import { methodControl } from './control.js'
import { contiguousIds } from './depthRule.js'
import type { AccountTable, StreamTable, Venue } from './Venue.js'

const windowTags = ['1hTicker', '4hTicker', '1dTicker']

const streams = {
  aggTrade: { name: '<symbol>@aggTrade', event: AggTrade },
  trade: { name: '<symbol>@trade', event: Trade },
  blockTrade: { name: '<symbol>@blockTrade', event: BlockTrade },
  kline: { name: '<symbol>@kline_<interval:secondInterval>[@<offset>]', event: Kline },
  miniTicker: { name: '<symbol>@miniTicker', event: MiniTicker },
  miniTickers: { name: '!miniTicker@arr', event: many(MiniTicker) },
  ticker: { name: '<symbol>@ticker', event: Ticker },
  tickers: { name: '!ticker@arr', event: many(Ticker) },
  windowTicker: { name: '<symbol>@ticker_<window>', event: WindowTicker, e: windowTags },
  windowTickers: { name: '!ticker_<window>@arr', event: many(WindowTicker), e: windowTags },
  bookTicker: { name: '<symbol>@bookTicker', event: BookTicker, recognize: looksLikeBookTicker },
  bookTickers: { name: '!bookTicker', event: BookTicker },
  avgPrice: { name: '<symbol>@avgPrice', event: AvgPrice },
  referencePrice: { name: '<symbol>@referencePrice', event: ReferencePrice },
  partialDepth: { name: '<symbol>@depth<levels>[@<speed:milliseconds>]', event: BarePartialDepth },
  depth: { name: '<symbol>@depth[@<speed:milliseconds>]', event: DepthUpdate },
  serverShutdown: { name: '!serverShutdown', event: ServerShutdown },
} as const satisfies StreamTable

const account = {} as const satisfies AccountTable

/** Binance's spot market. */
export interface BinanceSpot extends Venue<typeof streams, typeof account> {
  readonly depthSnapshot: typeof DepthSnapshot
}
export const binanceSpot: BinanceSpot = {
  name: 'binanceSpot',
  endpoints: { websocket: 'wss://stream.binance.com:9443', rest: 'https://api.binance.com' },
  limits: { messagesPerSecond: 5, streamsPerConnection: 1_024, lifetime: 86_400_000, weightPerMinute: 6_000 },
  streams,
  account,
  control: methodControl,
  depthSnapshot: DepthSnapshot,
  depthRule: contiguousIds,
  bookStream: '<symbol>@depth@100ms',
}
