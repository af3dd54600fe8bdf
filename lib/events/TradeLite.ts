import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Flag } from '../codecs/Flag.js'
import { Id } from '../codecs/Id.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'
import { Side } from './enumerations.js'

const codec = wire('TradeLite', 'TRADE_LITE', {
  /** When the venue sent the event, ms since 1970 (UTC). `E` */
  eventTime: ['E', Timestamp],
  /** When the trade happened, ms since 1970 (UTC). `T` */
  transactionTime: ['T', Timestamp],
  /** The contract: `BTCUSDT`. `s` */
  symbol: ['s', Text],
  /** The order's quantity, in the base asset. `q` */
  quantity: ['q', Decimal],
  /** The order's limit price, in the quote asset; 0 where it has none. `p` */
  price: ['p', Decimal],
  /** The order was in the book when it traded. `m` */
  isMaker: ['m', Flag],
  /** The caller's id of the order. `c` */
  clientOrderId: ['c', Text],
  /** Whether the order buys or sells. `S` */
  side: ['S', Side],
  /** The price of this trade, in the quote asset. `L` */
  lastFilledPrice: ['L', Decimal],
  /** The quantity of this trade, in the base asset. `l` */
  lastFilledQuantity: ['l', Decimal],
  /** The id of this trade. `t` */
  tradeId: ['t', Id],
  /** The venue's id of the order. `i` */
  orderId: ['i', Id],
})

/** A futures order traded: told before the `OrderUpdate` of the same trade, which says everything. */
export interface TradeLite extends t.TypeOf<typeof codec> {}
export const TradeLite: Wire<TradeLite> = codec
