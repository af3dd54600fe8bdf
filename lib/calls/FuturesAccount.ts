import type * as t from 'io-ts'
import { choice } from '../codecs/choice.js'
import { Decimal } from '../codecs/Decimal.js'
import { Flag } from '../codecs/Flag.js'
import { Integer } from '../codecs/Integer.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'
import { MarginType, PositionSide } from '../events/enumerations.js'

const positionCodec = wire('PositionRisk', undefined, {
  /** The contract: `BTCUSDT`. `symbol` */
  symbol: ['symbol', Text],
  /** `BOTH` in one-way mode, `LONG` or `SHORT` in hedge mode, where a contract has two. `positionSide` */
  positionSide: ['positionSide', PositionSide],
  /** The size in the base asset, negative where the position is short. `positionAmt` */
  amount: ['positionAmt', Decimal],
  /** The average price at which it was opened. `entryPrice` */
  entryPrice: ['entryPrice', Decimal],
  /** The price by which its profit is counted. `markPrice` */
  markPrice: ['markPrice', Decimal],
  /** The profit at the mark price, in the margin asset. `unRealizedProfit` */
  unrealizedProfit: ['unRealizedProfit', Decimal],
  /** At which price it is liquidated; 0 where at none. `liquidationPrice` */
  liquidationPrice: ['liquidationPrice', Decimal],
  /** 10 is ten-fold. `leverage` */
  leverage: ['leverage', Decimal],
  /** The most that it may be worth at this leverage; absent where the venue does not say. `maxNotionalValue` */
  maxNotional: ['maxNotionalValue?', Decimal],
  /** Whether its margin is isolated or shared: `cross`. `marginType` */
  marginType: ['marginType', MarginType],
  /** Its own margin in the margin asset; 0 where margin is shared. `isolatedMargin` */
  isolatedMargin: ['isolatedMargin', Decimal],
  /** When it changed, ms since 1970 (UTC); 0 where it never did. `updateTime` */
  transactionTime: ['updateTime', Timestamp],
})

/** A position of an account, and what it risks. */
export interface PositionRisk extends t.TypeOf<typeof positionCodec> {}
export const PositionRisk: Wire<PositionRisk> = positionCodec

const modeCodec = wire('PositionMode', undefined, {
  /** True in hedge mode: long and short positions of a contract are kept apart. `dualSidePosition` */
  isDualSide: ['dualSidePosition', Flag],
})

/** How an account keeps its positions, in all contracts. */
export interface PositionMode extends t.TypeOf<typeof modeCodec> {}
export const PositionMode: Wire<PositionMode> = modeCodec

const marginCodec = wire('MarginChange', undefined, {
  /** The contract: `BTCUSDT`. `symbol` */
  symbol: ['symbol', Text],
  /** Which of the contract's positions; `BOTH` where there is one only. `positionSide` */
  positionSide: ['positionSide', PositionSide],
  /** By how much, in the asset. `amount` */
  amount: ['amount', Decimal],
  /** The asset of the margin. `asset` */
  asset: ['asset', Text],
  /** 1 where it was added, 2 where it was taken away. `type` */
  direction: ['type', Integer],
  /** When it was, ms since 1970 (UTC). `time` */
  time: ['time', Timestamp],
})

/** The margin of an isolated position was changed. */
export interface MarginChange extends t.TypeOf<typeof marginCodec> {}
export const MarginChange: Wire<MarginChange> = marginCodec

const marginQueryCodec = wire('MarginChangeQuery', undefined, {
  /** The contract: `BTCUSDT`. `symbol` */
  symbol: ['symbol', Text],
  /** 1 for those that added margin, 2 for those that took it away. Default: both. `type` */
  direction: ['type?', Integer],
  /** From when on, ms since 1970 (UTC). `startTime` */
  startTime: ['startTime?', Timestamp],
  /** Up to when, ms since 1970 (UTC). `endTime` */
  endTime: ['endTime?', Timestamp],
  /** How many at most: 500 by default. `limit` */
  limit: ['limit?', Integer],
})

/** Which changes of margin. */
export interface MarginChangeQuery extends t.TypeOf<typeof marginQueryCodec> {}
export const MarginChangeQuery: Wire<MarginChangeQuery> = marginQueryCodec

const forcedQueryCodec = wire('ForcedOrderQuery', undefined, {
  /** The contract: `BTCUSDT`; all of them where it is left out, which costs more. `symbol` */
  symbol: ['symbol?', Text],
  /** Liquidations, or positions that were taken by auto-deleveraging. Default: both. `autoCloseType` */
  autoCloseType: ['autoCloseType?', choice('LIQUIDATION or ADL', ['LIQUIDATION', 'ADL'])],
  /** From when on, ms since 1970 (UTC); by default 7 days before the end. `startTime` */
  startTime: ['startTime?', Timestamp],
  /** Up to when, ms since 1970 (UTC). `endTime` */
  endTime: ['endTime?', Timestamp],
  /** How many at most: 50 by default, 100 at most. `limit` */
  limit: ['limit?', Integer],
})

/** Which of the orders that the venue placed for the account. */
export interface ForcedOrderQuery extends t.TypeOf<typeof forcedQueryCodec> {}
export const ForcedOrderQuery: Wire<ForcedOrderQuery> = forcedQueryCodec

const nothingCodec = wire('NoParameters', undefined, {})

/** Nothing but the account. */
export interface NoParameters extends t.TypeOf<typeof nothingCodec> {}
export const NoParameters: Wire<NoParameters> = nothingCodec
