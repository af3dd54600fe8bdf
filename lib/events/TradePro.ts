import type * as t from 'io-ts'
import { guarded } from '../codecs/Codec.js'
import { Decimal } from '../codecs/Decimal.js'
import { Id } from '../codecs/Id.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'

/** `[taker, maker]`, each an address or `'hidden'`. */
export type Addresses = readonly [taker: string, maker: string]
export const Addresses = guarded<Addresses>(
  '[taker, maker]',
  (u): u is Addresses => Array.isArray(u) && u.length === 2 && typeof u[0] === 'string' && typeof u[1] === 'string',
)

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
