import type * as t from 'io-ts'
import { Id } from '../codecs/Id.js'
import { Levels } from '../codecs/Levels.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import type { Values } from '../codecs/Values.js'
import { wire, type Wire } from '../codecs/wire.js'

const codec = wire('DepthSnapshot', undefined, {
  symbol: ['s?', Text, 'supplied'],
  lastUpdateId: ['lastUpdateId', Id],
  bids: ['bids', Levels],
  asks: ['asks', Levels],
  eventTime: ['E?', Timestamp],
  transactionTime: ['T?', Timestamp],
})

/** The order book as REST tells it; `lastUpdateId` is where it joins the stream of changes. */
export interface DepthSnapshot extends t.TypeOf<typeof codec> {}
export const DepthSnapshot: Wire<DepthSnapshot> = codec

/** Known by its three keys: a partial depth without a stream name looks the same, and says the same. */
export const looksLikeDepthSnapshot = (payload: Values): boolean =>
  ['lastUpdateId', 'bids', 'asks'].every((key) => payload[key] !== undefined)
