import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Flag } from '../codecs/Flag.js'
import { Id } from '../codecs/Id.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'

const codec = wire('BlockTrade', 'blockTrade', {
  eventTime: ['E', Timestamp],
  symbol: ['s', Text],
  tradeId: ['t', Id],
  price: ['p', Decimal],
  quantity: ['q', Decimal],
  buyerOrderId: ['b?', Id],
  sellerOrderId: ['a?', Id],
  tradeTime: ['T', Timestamp],
  isBuyerMaker: ['m', Flag],
})

/** One trade made outside the book; the fields are those of a `Trade`. */
export interface BlockTrade extends t.TypeOf<typeof codec> {}
export const BlockTrade: Wire<BlockTrade> = codec
