import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Flag } from '../codecs/Flag.js'
import { Id } from '../codecs/Id.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'
import { TradeType } from './enumerations.js'

const tradeFields = {
  eventTime: ['E', Timestamp],
  symbol: ['s', Text],
  tradeId: ['t', Id],
  price: ['p', Decimal],
  quantity: ['q', Decimal],
  buyerOrderId: ['b?', Id],
  sellerOrderId: ['a?', Id],
  tradeTime: ['T', Timestamp],
  isBuyerMaker: ['m', Flag],
  tradeType: ['X?', TradeType],
} as const
const codec = wire('Trade', 'trade', tradeFields)

/** One trade. */
export interface Trade extends t.TypeOf<typeof codec> {}
export const Trade: Wire<Trade> = codec

const blockTradeCodec = wire('BlockTrade', 'blockTrade', tradeFields)

/** One trade made outside the book. */
export interface BlockTrade extends t.TypeOf<typeof blockTradeCodec> {}
export const BlockTrade: Wire<BlockTrade> = blockTradeCodec
