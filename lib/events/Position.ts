import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Text } from '../codecs/Text.js'
import { wire, type Wire } from '../codecs/wire.js'
import { MarginType } from './MarginType.js'
import { PositionSide } from './PositionSide.js'

const codec = wire('Position', undefined, {
  symbol: ['s', Text],
  amount: ['pa', Decimal],
  entryPrice: ['ep', Decimal],
  accumulatedRealizedProfit: ['cr', Decimal],
  unrealizedProfit: ['up', Decimal],
  marginType: ['mt', MarginType],
  isolatedWallet: ['iw', Decimal],
  positionSide: ['ps', PositionSide],
  marginAsset: ['ma?', Text],
})

/** A futures position after a change. */
export interface Position extends t.TypeOf<typeof codec> {}
export const Position: Wire<Position> = codec
