import type * as t from 'io-ts'
import { Decimal, DecimalOrEmpty } from '../codecs/Decimal.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'

const codec = wire('MarkPrice', 'markPriceUpdate', {
  eventTime: ['E', Timestamp],
  symbol: ['s', Text],
  markPrice: ['p', Decimal],
  indexPrice: ['i?', Decimal],
  estimatedSettlePrice: ['P?', Decimal],
  fundingRate: ['r', DecimalOrEmpty],
  /** 0 where there is no funding. */
  nextFundingTime: ['T?', Timestamp],
})

/** Mark price and funding of a perpetual contract. */
export interface MarkPrice extends t.TypeOf<typeof codec> {}
export const MarkPrice: Wire<MarkPrice> = codec
