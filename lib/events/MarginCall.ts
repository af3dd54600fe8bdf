import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { many } from '../codecs/many.js'
import { wire, type Wire } from '../codecs/wire.js'
import { MarginCallPosition } from './MarginCallPosition.js'

const codec = wire('MarginCall', 'MARGIN_CALL', {
  eventTime: ['E', Timestamp],
  crossWalletBalance: ['cw?', Decimal],
  positions: ['p', many(MarginCallPosition)],
})

/** Positions are close to liquidation. */
export interface MarginCall extends t.TypeOf<typeof codec> {}
export const MarginCall: Wire<MarginCall> = codec
