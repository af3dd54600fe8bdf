import type * as t from 'io-ts'
import { Id } from '../codecs/Id.js'
import { Levels } from '../codecs/Levels.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'

const codec = wire('PartialDepth', 'depthUpdate?', {
  eventTime: ['E', Timestamp],
  transactionTime: ['T?', Timestamp],
  symbol: ['s', Text],
  firstUpdateId: ['U', Id],
  lastUpdateId: ['u', Id],
  previousUpdateId: ['pu?', Id],
  bids: ['b|bids', Levels],
  asks: ['a|asks', Levels],
})

/** The best levels of the order book, whole in every event. */
export interface PartialDepth extends t.TypeOf<typeof codec> {}
export const PartialDepth: Wire<PartialDepth> = codec

const bareCodec = wire('BarePartialDepth', undefined, {
  symbol: ['s', Text, 'supplied'],
  lastUpdateId: ['lastUpdateId', Id],
  bids: ['bids', Levels],
  asks: ['asks', Levels],
})

/** The same without a word on what and when, as on Binance spot: the stream's name supplies the symbol. */
export interface BarePartialDepth extends t.TypeOf<typeof bareCodec> {}
export const BarePartialDepth: Wire<BarePartialDepth> = bareCodec
