import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Flag } from '../codecs/Flag.js'
import { Id } from '../codecs/Id.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { nullable } from '../codecs/nullable.js'
import { wire, type Wire } from '../codecs/wire.js'
import { spotReportFields } from './ExecutionReport.js'
import { SelfTradePreventionMode } from './enumerations.js'

const codec = wire('BinanceExecutionReport', 'executionReport', {
  ...spotReportFields,
  icebergQuantity: ['F', Decimal],
  /** -1 where the order is in no list. */
  orderListId: ['g', Id],
  /** Of the order that was cancelled. */
  originalClientOrderId: ['C', nullable(Text)],
  rejectReason: ['r', Text],
  executionId: ['I', Id],
  isOnBook: ['w', Flag],
  workingTime: ['W?', Timestamp],
  selfTradePreventionMode: ['V?', SelfTradePreventionMode],
  /** Trailing stop orders: how far behind, in basis points, and since when. */
  trailingDelta: ['d?', Id],
  trailingTime: ['D?', Timestamp],
  strategyId: ['j?', Id],
  strategyType: ['J?', Id],
  /** Orders that would have traded with an order of the same account. */
  preventedMatchId: ['v?', Id],
  preventedQuantity: ['A?', Decimal],
  lastPreventedQuantity: ['B?', Decimal],
  tradeGroupId: ['u?', Id],
  counterOrderId: ['U?', Id],
  counterSymbol: ['Cs?', Text],
  preventedExecutionQuantity: ['pl?', Decimal],
  preventedExecutionPrice: ['pL?', Decimal],
  preventedExecutionQuote: ['pY?', Decimal],
  /** Orders that have allocations, or may have. */
  matchType: ['b?', Text],
  allocationId: ['a?', Id],
  workingFloor: ['k?', Text],
  usedSor: ['uS?', Flag],
  /** Pegged orders. */
  peggedPriceType: ['gP?', Text],
  peggedOffsetType: ['gOT?', Text],
  peggedOffsetValue: ['gOV?', Id],
  peggedPrice: ['gp?', Decimal],
  expiryReason: ['eR?', Text],
})

/** An order of Binance spot changed; what is said only of certain orders is absent from the others. */
export interface BinanceExecutionReport extends t.TypeOf<typeof codec> {}
export const BinanceExecutionReport: Wire<BinanceExecutionReport> = codec
