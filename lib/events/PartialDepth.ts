import type * as t from 'io-ts'
import { Integer } from '../codecs/Integer.js'
import { Levels } from '../codecs/Levels.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'

const codec = wire('PartialDepth', 'depthUpdate?', {
  /** When the venue sent the event, ms since 1970 (UTC). `E` */
  eventTime: ['E', Timestamp],
  /** When the book was so, ms since 1970 (UTC). `T` */
  transactionTime: ['T?', Timestamp],
  /** The market: `BTCUSDT`. `s` */
  symbol: ['s', Text],
  /** The id of the first update since the event before. `U` */
  firstUpdateId: ['U', Integer],
  /** The id of the last update that the levels contain. `u` */
  lastUpdateId: ['u', Integer],
  /** The last update id of the stream's event before. `pu` */
  previousUpdateId: ['pu?', Integer],
  /** The best bids, best first: `[price, quantity]` in quote and base asset. `b` or `bids` */
  bids: ['b|bids', Levels],
  /** The best asks, best first: `[price, quantity]` in quote and base asset. `a` or `asks` */
  asks: ['a|asks', Levels],
})

/** The best levels of the order book, whole in every event. */
export interface PartialDepth extends t.TypeOf<typeof codec> {}
export const PartialDepth: Wire<PartialDepth> = codec

const bareCodec = wire('BarePartialDepth', undefined, {
  /** The market: `BTCUSDT`. The stream's name supplies it. `s` */
  symbol: ['s', Text, 'supplied'],
  /** The id of the last update that the levels contain. `lastUpdateId` */
  lastUpdateId: ['lastUpdateId', Integer],
  /** The best bids, best first: `[price, quantity]` in quote and base asset. `bids` */
  bids: ['bids', Levels],
  /** The best asks, best first: `[price, quantity]` in quote and base asset. `asks` */
  asks: ['asks', Levels],
})

/** The same without a word on what and when, as on Binance spot: the stream's name supplies the symbol. */
export interface BarePartialDepth extends t.TypeOf<typeof bareCodec> {}
export const BarePartialDepth: Wire<BarePartialDepth> = bareCodec
