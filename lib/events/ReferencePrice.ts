import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { nullable } from '../codecs/nullable.js'
import { wire, type Wire } from '../codecs/wire.js'

const codec = wire('ReferencePrice', 'referencePrice', {
  /** The market: `BTCUSDT`. `s` */
  symbol: ['s', Text],
  /** The reference price, in the quote asset; `null` where there is none. `r` */
  price: ['r', nullable(Decimal)],
  /** When it was so, ms since 1970 (UTC). `t` */
  time: ['t', Timestamp],
})

/** The reference price of a symbol, or `null` where there is none. */
export interface ReferencePrice extends t.TypeOf<typeof codec> {}
export const ReferencePrice: Wire<ReferencePrice> = codec
