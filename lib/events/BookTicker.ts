import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Integer } from '../codecs/Integer.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import type { Values } from '../codecs/Values.js'
import { wire, type Wire } from '../codecs/wire.js'

const fields = {
  /** The id of the book's update after which these are the best prices. `u` */
  updateId: ['u', Integer],
  /** The market: `BTCUSDT`. `s` */
  symbol: ['s', Text],
  /** The best bid, in the quote asset. `b` */
  bidPrice: ['b', Decimal],
  /** How much is bid there, in the base asset. `B` */
  bidQuantity: ['B', Decimal],
  /** The best ask, in the quote asset. `a` */
  askPrice: ['a', Decimal],
  /** How much is asked there, in the base asset. `A` */
  askQuantity: ['A', Decimal],
  /** When the venue sent the event, ms since 1970 (UTC); absent on Binance spot. `E` */
  eventTime: ['E?', Timestamp],
  /** When the book changed, ms since 1970 (UTC); absent on Binance spot. `T` */
  transactionTime: ['T?', Timestamp],
} as const
const codec = wire('BookTicker', undefined, fields)

/** The best bid and ask at an update id. Binance spot sends neither `e` nor times. */
export interface BookTicker extends t.TypeOf<typeof codec> {}
export const BookTicker: Wire<BookTicker> = codec

/** The same event where the venue names it: Aster's documents show no `e`, its frames have one. */
export const TaggedBookTicker: Wire<BookTicker> = wire('BookTicker', 'bookTicker?', fields)

/** Known by its six keys, with `b` a text: a depth update's `b` is a list. */
export const looksLikeBookTicker = (payload: Values): boolean =>
  typeof payload['b'] === 'string' && ['u', 's', 'B', 'a', 'A'].every((key) => payload[key] !== undefined)
