import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Id } from '../codecs/Id.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'
import { Addresses } from './Addresses.js'

const codec = wire('TradePro', 'tradepro', {
  eventTime: ['E', Timestamp],
  tradeTime: ['T', Timestamp],
  symbol: ['s', Text],
  tradeId: ['t', Id],
  price: ['p', Decimal],
  quantity: ['q', Decimal],
  transactionHash: ['h', Text],
  addresses: ['m', Addresses],
})

/** One trade with its settlement transaction and both addresses. */
export interface TradePro extends t.TypeOf<typeof codec> {}
export const TradePro: Wire<TradePro> = codec
