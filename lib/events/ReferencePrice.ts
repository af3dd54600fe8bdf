import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { nullable } from '../codecs/nullable.js'
import { wire, type Wire } from '../codecs/wire.js'

const codec = wire('ReferencePrice', 'referencePrice', {
  symbol: ['s', Text],
  price: ['r', nullable(Decimal)],
  time: ['t', Timestamp],
})

/** The reference price of a symbol, or `null` where there is none. */
export interface ReferencePrice extends t.TypeOf<typeof codec> {}
export const ReferencePrice: Wire<ReferencePrice> = codec
