import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { many } from '../codecs/many.js'
import { wire, type Wire } from '../codecs/wire.js'
import { MarginType, PositionSide } from './enumerations.js'

const marginCallPositionCodec = wire('MarginCallPosition', undefined, {
  symbol: ['s', Text],
  positionSide: ['ps', PositionSide],
  amount: ['pa', Decimal],
  marginType: ['mt', MarginType],
  isolatedWallet: ['iw', Decimal],
  markPrice: ['mp', Decimal],
  unrealizedProfit: ['up', Decimal],
  maintenanceMargin: ['mm', Decimal],
})

/** A position that needs margin. */
export interface MarginCallPosition extends t.TypeOf<typeof marginCallPositionCodec> {}
export const MarginCallPosition: Wire<MarginCallPosition> = marginCallPositionCodec

const codec = wire('MarginCall', 'MARGIN_CALL', {
  eventTime: ['E', Timestamp],
  crossWalletBalance: ['cw?', Decimal],
  positions: ['p', many(MarginCallPosition)],
})

/** Positions are close to liquidation. */
export interface MarginCall extends t.TypeOf<typeof codec> {}
export const MarginCall: Wire<MarginCall> = codec
