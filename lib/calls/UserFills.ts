import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { many } from '../codecs/many.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'
import { Side } from '../events/enumerations.js'

const fillCodec = wire('UserFill', undefined, {
  /** The market: `BTCUSDT`. `symbol` */
  symbol: ['symbol', Text],
  /** Whether the order bought or sold. `side` */
  side: ['side', Side],
  /** In the quote asset. `price` */
  price: ['price', Decimal],
  /** In the base asset. `qty` */
  quantity: ['qty', Decimal],
  /** When it was, ms since 1970 (UTC), in whole seconds. `time` */
  time: ['time', Timestamp],
})

/** A fill of an address, as the chain tells it: to everybody, and without ids. */
export interface UserFill extends t.TypeOf<typeof fillCodec> {}
export const UserFill: Wire<UserFill> = fillCodec

const fillsCodec = wire('UserFills', undefined, {
  /** Whose they are: the address of a wallet. `address` */
  address: ['address', Text],
  /** `enabled` hides all that was placed while it was so. `accountPrivacy` */
  accountPrivacy: ['accountPrivacy', Text],
  /** From when on they were looked for, ms since 1970 (UTC). `startTime` */
  startTime: ['startTime', Timestamp],
  /** Up to when, ms since 1970 (UTC). `endTime` */
  endTime: ['endTime', Timestamp],
  /** 1,000 at most. `fills` */
  fills: ['fills', many(UserFill)],
})

/** The fills of an address in a span of time. */
export interface UserFills extends t.TypeOf<typeof fillsCodec> {}
export const UserFills: Wire<UserFills> = fillsCodec

const queryCodec = wire('UserFillQuery', undefined, {
  /** Whose fills: the address of a wallet. `address` */
  address: ['address', Text],
  /** The market. Default: all of them. `symbol` */
  symbol: ['symbol?', Text],
  /** From when on, ms since 1970 (UTC): 7 days before the end by default, and at most. `from` */
  from: ['from?', Timestamp],
  /** Up to when, ms since 1970 (UTC): now by default. `to` */
  to: ['to?', Timestamp],
})

/** Whose fills, and which of them. */
export interface UserFillQuery extends t.TypeOf<typeof queryCodec> {}
export const UserFillQuery: Wire<UserFillQuery> = queryCodec
