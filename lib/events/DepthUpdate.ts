import type * as t from 'io-ts'
import { Integer } from '../codecs/Integer.js'
import { Levels } from '../codecs/Levels.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'

const fields = {
  /** When the venue sent the event, ms since 1970 (UTC). `E` */
  eventTime: ['E', Timestamp],
  /** When the book changed, ms since 1970 (UTC); absent on Binance spot. `T` */
  transactionTime: ['T?', Timestamp],
  /** The market: `BTCUSDT`. `s` */
  symbol: ['s', Text],
  /** The id of the first update in this event. `U` */
  firstUpdateId: ['U', Integer],
  /** The id of the last update in this event. `u` */
  lastUpdateId: ['u', Integer],
  /** The last update id of the stream's event before; absent on Binance spot. `pu` */
  previousUpdateId: ['pu?', Integer],
  /** The bids that changed: `[price, quantity]` in quote and base asset, and quantity 0 removes the level. `b` */
  bids: ['b', Levels],
  /** The asks that changed: `[price, quantity]` in quote and base asset, and quantity 0 removes the level. `a` */
  asks: ['a', Levels],
} as const
const codec = wire('DepthUpdate', 'depthUpdate', fields)

/** Changes of the order book since the update before: absolute quantities, 0 removes a level. */
export interface DepthUpdate extends t.TypeOf<typeof codec> {}
export const DepthUpdate: Wire<DepthUpdate> = codec

const linkedCodec = wire('LinkedDepthUpdate', 'depthUpdate', {
  ...fields,
  /** The last update id of the stream's event before. `pu` */
  previousUpdateId: ['pu', Integer],
} as const)

/** A depth update that always names the one before it, as on futures. */
export interface LinkedDepthUpdate extends t.TypeOf<typeof linkedCodec> {}
export const LinkedDepthUpdate: Wire<LinkedDepthUpdate> = linkedCodec
