import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Flag } from '../codecs/Flag.js'
import { Id } from '../codecs/Id.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'

const codec = wire('AggTrade', 'aggTrade', {
  eventTime: ['E', Timestamp],
  symbol: ['s', Text],
  aggregateId: ['a', Id],
  price: ['p', Decimal],
  quantity: ['q', Decimal],
  firstTradeId: ['f', Id],
  lastTradeId: ['l', Id],
  tradeTime: ['T', Timestamp],
  isBuyerMaker: ['m', Flag],
})

/** Trades of one taker order at one price, added up. */
export interface AggTrade extends t.TypeOf<typeof codec> {}
export const AggTrade: Wire<AggTrade> = codec
