import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Text } from '../codecs/Text.js'
import { wire, type Wire } from '../codecs/wire.js'
import { PositionSide } from './PositionSide.js'
import { MarginType } from './MarginType.js'

const codec = wire('MarginCallPosition', undefined, {
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
export interface MarginCallPosition extends t.TypeOf<typeof codec> {}
export const MarginCallPosition: Wire<MarginCallPosition> = codec
