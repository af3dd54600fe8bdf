import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'

const codec = wire('AvgPrice', 'avgPrice', {
  /** When the venue sent the event, ms since 1970 (UTC). `E` */
  eventTime: ['E', Timestamp],
  /** The market: `BTCUSDT`. `s` */
  symbol: ['s', Text],
  /** How long the average reaches back: `5m`. `i` */
  interval: ['i', Text],
  /** The average price, in the quote asset. `w` */
  price: ['w', Decimal],
  /** When the last of its trades happened, ms since 1970 (UTC). `T` */
  lastTradeTime: ['T', Timestamp],
})

/** The average price over some minutes. */
export interface AvgPrice extends t.TypeOf<typeof codec> {}
export const AvgPrice: Wire<AvgPrice> = codec
