import type * as t from 'io-ts'
import { wire, type Wire } from '../codecs/wire.js'
import { tradeFields } from './Trade.js'

const codec = wire('BlockTrade', 'blockTrade', tradeFields)

/** One trade made outside the book. */
export interface BlockTrade extends t.TypeOf<typeof codec> {}
export const BlockTrade: Wire<BlockTrade> = codec
