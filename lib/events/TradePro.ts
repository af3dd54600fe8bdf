import type * as t from 'io-ts'
import { guarded } from '../codecs/Codec.js'
import { Decimal } from '../codecs/Decimal.js'
import { Integer } from '../codecs/Integer.js'
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
  /** When the venue sent the event, ms since 1970 (UTC). `E` */
  eventTime: ['E', Timestamp],
  /** When the trade happened, ms since 1970 (UTC). `T` */
  tradeTime: ['T', Timestamp],
  /** The market: `BTCUSDT`. `s` */
  symbol: ['s', Text],
  /** The id of the trade. `t` */
  tradeId: ['t', Integer],
  /** The price, in the quote asset. `p` */
  price: ['p', Decimal],
  /** The quantity, in the base asset. `q` */
  quantity: ['q', Decimal],
  /** The hash of the transaction that settled it. `h` */
  transactionHash: ['h', Text],
  /** `[taker, maker]`: the address of each, or `hidden`. `m` */
  addresses: ['m', Addresses],
})

/** One trade with its settlement transaction and both addresses. */
export interface TradePro extends t.TypeOf<typeof codec> {}
export const TradePro: Wire<TradePro> = codec
