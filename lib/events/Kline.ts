import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Flag } from '../codecs/Flag.js'
import { Integer } from '../codecs/Integer.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'
import { Interval } from './Interval.js'

const klineBarCodec = wire('KlineBar', undefined, {
  /** When the interval starts, ms since 1970 (UTC). `t` */
  openTime: ['t', Timestamp],
  /** The last ms of the interval, since 1970 (UTC). `T` */
  closeTime: ['T', Timestamp],
  /** The market: `BTCUSDT`. `s` */
  symbol: ['s', Text],
  /** How long the interval is: `1m`. `i` */
  interval: ['i', Interval],
  /** The id of its first trade; -1 where there was none, or where a file does not say it. `f` */
  firstTradeId: ['f', Integer],
  /** The id of its last trade; -1 where there was none, or where a file does not say it. `L` */
  lastTradeId: ['L', Integer],
  /** The price of its first trade, in the quote asset. `o` */
  open: ['o', Decimal],
  /** The price of its last trade so far, in the quote asset. `c` */
  close: ['c', Decimal],
  /** Its highest price so far, in the quote asset. `h` */
  high: ['h', Decimal],
  /** Its lowest price so far, in the quote asset. `l` */
  low: ['l', Decimal],
  /** What was traded so far, in the base asset. `v` */
  volume: ['v', Decimal],
  /** How many trades there were so far. `n` */
  tradeCount: ['n', Integer],
  /** The interval is over: nothing of it changes any more. `x` */
  isClosed: ['x', Flag],
  /** What was traded so far, in the quote asset. `q` */
  quoteVolume: ['q', Decimal],
  /** What takers bought so far, in the base asset. `V` */
  takerBuyVolume: ['V', Decimal],
  /** What takers bought so far, in the quote asset. `Q` */
  takerBuyQuoteVolume: ['Q', Decimal],
})

/** Open, high, low, close and volumes of one interval. */
export interface KlineBar extends t.TypeOf<typeof klineBarCodec> {}
export const KlineBar: Wire<KlineBar> = klineBarCodec

const codec = wire('Kline', 'kline', {
  /** When the venue sent the event, ms since 1970 (UTC). `E` */
  eventTime: ['E', Timestamp],
  /** The market: `BTCUSDT`. `s` */
  symbol: ['s', Text],
  /** The interval so far. `k` */
  kline: ['k', KlineBar],
})

/** The state of one kline, sent again while it grows and once more when it closes. */
export interface Kline extends t.TypeOf<typeof codec> {}
export const Kline: Wire<Kline> = codec
