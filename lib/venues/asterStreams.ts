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
  aggTrade: { name: '<symbol>@aggTrade', event: AggTrade, sequence: 'aggregateId', silence: 300_000 },
  trade: { name: '<symbol>@trade', event: Trade, sequence: 'tradeId', silence: 300_000 },
  tradePro: { name: '<symbol>@tradepro', event: TradePro, sequence: 'tradeId', silence: Infinity },
  kline: { name: '<symbol>@kline_<interval>', event: Kline, sequence: 'eventTime' },
  miniTicker: { name: '<symbol>@miniTicker', event: MiniTicker, sequence: 'eventTime' },
  miniTickers: { name: '!miniTicker@arr', event: many(MiniTicker), sequence: 'eventTime' },
  ticker: { name: '<symbol>@ticker', event: Ticker, sequence: 'eventTime' },
  tickers: { name: '!ticker@arr', event: many(Ticker), sequence: 'eventTime' },
  bookTicker: {
    name: '<symbol>@bookTicker',
    event: TaggedBookTicker,
    sequence: 'updateId',
    recognize: looksLikeBookTicker,
  },
  bookTickers: { name: '!bookTicker', event: TaggedBookTicker, sequence: 'updateId', each: 'symbol' },
  partialDepth: {
    name: '<symbol>@depth<levels>[@<speed:milliseconds>]',
    event: PartialDepth,
    sequence: 'lastUpdateId',
  },
} as const satisfies StreamTable
