import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { many } from '../codecs/many.js'
import { wire, type Wire } from '../codecs/wire.js'
import { MarginType, PositionSide } from './enumerations.js'

const marginCallPositionCodec = wire('MarginCallPosition', undefined, {
  /** The contract: `BTCUSDT`. `s` */
  symbol: ['s', Text],
  /** Which of the contract's positions it is; `BOTH` where there is one only. `ps` */
  positionSide: ['ps', PositionSide],
  /** The size in the base asset, negative where the position is short. `pa` */
  amount: ['pa', Decimal],
  /** Whether its margin is isolated or shared: `cross`. `mt` */
  marginType: ['mt', MarginType],
  /** Its own margin in the margin asset; 0 where margin is shared. `iw` */
  isolatedWallet: ['iw', Decimal],
  /** The mark price, in the quote asset. `mp` */
  markPrice: ['mp', Decimal],
  /** The profit at that price, in the margin asset. `up` */
  unrealizedProfit: ['up', Decimal],
  /** The margin that it must keep, in the margin asset. `mm` */
  maintenanceMargin: ['mm', Decimal],
})

/** A position that needs margin. */
export interface MarginCallPosition extends t.TypeOf<typeof marginCallPositionCodec> {}
export const MarginCallPosition: Wire<MarginCallPosition> = marginCallPositionCodec

const codec = wire('MarginCall', 'MARGIN_CALL', {
  /** When the venue sent the event, ms since 1970 (UTC). `E` */
  eventTime: ['E', Timestamp],
  /** The balance that positions with shared margin draw on; absent where an isolated one is meant. `cw` */
  crossWalletBalance: ['cw?', Decimal],
  /** The positions that need margin. `p` */
  positions: ['p', many(MarginCallPosition)],
})

/** Positions are close to liquidation. */
export interface MarginCall extends t.TypeOf<typeof codec> {}
export const MarginCall: Wire<MarginCall> = codec
