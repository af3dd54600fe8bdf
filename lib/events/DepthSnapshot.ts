import type * as t from 'io-ts'
import { Integer } from '../codecs/Integer.js'
import { Levels } from '../codecs/Levels.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import type { Values } from '../codecs/Values.js'
import { wire, type Wire } from '../codecs/wire.js'

const codec = wire('DepthSnapshot', undefined, {
  /** The market: `BTCUSDT`. The request supplies it; one found in a recording has none. `s` */
  symbol: ['s?', Text, 'supplied'],
  /** The id of the last update that the snapshot contains. `lastUpdateId` */
  lastUpdateId: ['lastUpdateId', Integer],
  /** The bids, best first: `[price, quantity]` in quote and base asset. `bids` */
  bids: ['bids', Levels],
  /** The asks, best first: `[price, quantity]` in quote and base asset. `asks` */
  asks: ['asks', Levels],
  /** When the venue answered, ms since 1970 (UTC); Aster only. `E` */
  eventTime: ['E?', Timestamp],
  /** When the book was so, ms since 1970 (UTC); Aster only. `T` */
  transactionTime: ['T?', Timestamp],
})

/** The order book as REST tells it; `lastUpdateId` is where it joins the stream of changes. */
export interface DepthSnapshot extends t.TypeOf<typeof codec> {}
export const DepthSnapshot: Wire<DepthSnapshot> = codec

/** Known by its three keys: a partial depth without a stream name looks the same, and says the same. */
export const looksLikeDepthSnapshot = (payload: Values): boolean =>
  ['lastUpdateId', 'bids', 'asks'].every((key) => payload[key] !== undefined)
