import { many } from '../codecs/many.js'
import { AggTrade } from '../events/AggTrade.js'
import { looksLikeBookTicker, TaggedBookTicker } from '../events/BookTicker.js'
import { Kline } from '../events/Kline.js'
import { MiniTicker } from '../events/MiniTicker.js'
import { PartialDepth } from '../events/PartialDepth.js'
import { Ticker } from '../events/Ticker.js'
import { Trade } from '../events/Trade.js'
import { TradePro } from '../events/TradePro.js'
import type { StreamTable } from './Venue.js'

/** The streams that Aster's spot and futures have in common. */
export const asterStreams = {
  aggTrade: { name: '<symbol>@aggTrade', event: AggTrade, key: 'aggregateId', silence: 300_000 },
  trade: { name: '<symbol>@trade', event: Trade, key: 'tradeId', silence: 300_000 },
  tradePro: { name: '<symbol>@tradepro', event: TradePro, key: 'tradeId', silence: Infinity },
  kline: { name: '<symbol>@kline_<interval>', event: Kline, key: 'eventTime' },
  miniTicker: { name: '<symbol>@miniTicker', event: MiniTicker, key: 'eventTime' },
  miniTickers: { name: '!miniTicker@arr', event: many(MiniTicker), key: 'eventTime' },
  ticker: { name: '<symbol>@ticker', event: Ticker, key: 'eventTime' },
  tickers: { name: '!ticker@arr', event: many(Ticker), key: 'eventTime' },
  bookTicker: { name: '<symbol>@bookTicker', event: TaggedBookTicker, key: 'updateId', recognize: looksLikeBookTicker },
  bookTickers: { name: '!bookTicker', event: TaggedBookTicker, key: 'updateId', each: 'symbol' },
  partialDepth: { name: '<symbol>@depth<levels>[@<speed:milliseconds>]', event: PartialDepth, key: 'lastUpdateId' },
} as const satisfies StreamTable
