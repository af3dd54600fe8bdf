import type * as t from 'io-ts'
import { Decimal, DecimalOrEmpty } from '../codecs/Decimal.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'

const codec = wire('MarkPrice', 'markPriceUpdate', {
  /** When the venue sent the event, ms since 1970 (UTC). `E` */
  eventTime: ['E', Timestamp],
  /** The contract: `BTCUSDT`. `s` */
  symbol: ['s', Text],
  /** The price by which profits and liquidations are reckoned, in the quote asset. `p` */
  markPrice: ['p', Decimal],
  /** The price of the underlying on spot markets, in the quote asset. `i` */
  indexPrice: ['i?', Decimal],
  /** What the settle price would be now, in the quote asset; of use in the last hour before it. `P` */
  estimatedSettlePrice: ['P?', Decimal],
  /** What longs pay to shorts at the next funding, as a fraction: 0.0001 is 0.01 %; empty where there is none. `r` */
  fundingRate: ['r', DecimalOrEmpty],
  /** When funding is due next, ms since 1970 (UTC); 0 where there is none. `T` */
  nextFundingTime: ['T?', Timestamp],
  /** The moving average of the mark price, in the quote asset; Binance only. `ap` */
  movingAverage: ['ap?', Decimal],
})

/** Mark price and funding of a perpetual contract. */
export interface MarkPrice extends t.TypeOf<typeof codec> {}
export const MarkPrice: Wire<MarkPrice> = codec
