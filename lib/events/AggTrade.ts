import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Flag } from '../codecs/Flag.js'
import { Integer } from '../codecs/Integer.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Decoded, type Wire } from '../codecs/wire.js'

/** What is said of it in an event, and in a list that is asked for. */
interface AggregateFields extends Decoded<typeof aggregateFields> {}
export const aggregateFields = {
  /** The number of this aggregate, which never goes back. `a` */
  aggregateId: ['a', Integer],
  /** The price of all its trades, in the quote asset. `p` */
  price: ['p', Decimal],
  /** Their quantities added up, in the base asset. `q` */
  quantity: ['q', Decimal],
  /** The id of the first of its trades. `f` */
  firstTradeId: ['f', Integer],
  /** The id of the last of its trades. `l` */
  lastTradeId: ['l', Integer],
  /** When they happened, ms since 1970 (UTC). `T` */
  tradeTime: ['T', Timestamp],
  /** The buyer's order was in the book: the taker sold. `m` */
  isBuyerMaker: ['m', Flag],
  /** The part of the quantity that did not trade with retail orders (RPI), in the base asset; Binance futures only. `nq` */
  normalQuantity: ['nq?', Decimal],
} as const

const codec = wire('AggTrade', 'aggTrade', {
  /** When the venue sent the event, ms since 1970 (UTC). `E` */
  eventTime: ['E', Timestamp],
  /** The market: `BTCUSDT`. `s` */
  symbol: ['s', Text],
  ...aggregateFields,
})

/** Trades of one taker order at one price, added up. */
export interface AggTrade extends AggregateFields, t.TypeOf<typeof codec> {}
export const AggTrade: Wire<AggTrade> = codec
