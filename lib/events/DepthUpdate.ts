import type * as t from 'io-ts'
import { Id } from '../codecs/Id.js'
import { Levels } from '../codecs/Levels.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'

const fields = {
  eventTime: ['E', Timestamp],
  transactionTime: ['T?', Timestamp],
  symbol: ['s', Text],
  firstUpdateId: ['U', Id],
  lastUpdateId: ['u', Id],
  previousUpdateId: ['pu?', Id],
  bids: ['b', Levels],
  asks: ['a', Levels],
} as const
const codec = wire('DepthUpdate', 'depthUpdate', fields)

/** Changes of the order book since the update before: absolute quantities, 0 removes a level. */
export interface DepthUpdate extends t.TypeOf<typeof codec> {}
export const DepthUpdate: Wire<DepthUpdate> = codec

const linkedCodec = wire('LinkedDepthUpdate', 'depthUpdate', { ...fields, previousUpdateId: ['pu', Id] } as const)

/** A depth update that always names the one before it, as on futures. */
export interface LinkedDepthUpdate extends t.TypeOf<typeof linkedCodec> {}
export const LinkedDepthUpdate: Wire<LinkedDepthUpdate> = linkedCodec
