import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'

export const miniTickerFields = {
  /** When the venue sent the event, ms since 1970 (UTC). `E` */
  eventTime: ['E', Timestamp],
  /** The market: `BTCUSDT`. `s` */
  symbol: ['s', Text],
  /** The last price, in the quote asset. `c` */
  close: ['c', Decimal],
  /** The price at the window's start, in the quote asset. `o` */
  open: ['o', Decimal],
  /** The highest price of the window, in the quote asset. `h` */
  high: ['h', Decimal],
  /** The lowest price of the window, in the quote asset. `l` */
  low: ['l', Decimal],
  /** What was traded in the window, in the base asset. `v` */
  volume: ['v', Decimal],
  /** What was traded in the window, in the quote asset. `q` */
  quoteVolume: ['q', Decimal],
} as const
const codec = wire('MiniTicker', '24hrMiniTicker', miniTickerFields)

/** The last 24 hours of one symbol, in short. */
export interface MiniTicker extends t.TypeOf<typeof codec> {}
export const MiniTicker: Wire<MiniTicker> = codec
