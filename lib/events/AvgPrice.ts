import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'

const codec = wire('AvgPrice', 'avgPrice', {
  eventTime: ['E', Timestamp],
  symbol: ['s', Text],
  interval: ['i', Text],
  price: ['w', Decimal],
  lastTradeTime: ['T', Timestamp],
})

/** The average price over some minutes. */
export interface AvgPrice extends t.TypeOf<typeof codec> {}
export const AvgPrice: Wire<AvgPrice> = codec
