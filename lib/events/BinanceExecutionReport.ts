import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Flag } from '../codecs/Flag.js'
import { Id } from '../codecs/Id.js'
import { Integer } from '../codecs/Integer.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { nullable } from '../codecs/nullable.js'
import { wire, type Wire } from '../codecs/wire.js'
import { spotReportFields, type SpotReportFields } from './ExecutionReport.js'
import { SelfTradePreventionMode } from './enumerations.js'

const codec = wire('BinanceExecutionReport', 'executionReport', {
  ...spotReportFields,
  /** How much of an iceberg order is shown at a time, in the base asset; 0 for other orders. `F` */
  icebergQuantity: ['F', Decimal],
  /** The list that the order belongs to; -1 where it is in none. `g` */
  orderListId: ['g', Id],
  /** The client order id of the order that was cancelled; empty or `null` otherwise. `C` */
  originalClientOrderId: ['C', nullable(Text)],
  /** Why the order was rejected; `NONE` where it was not. `r` */
  rejectReason: ['r', Text],
  /** The id of this report's execution. `I` */
  executionId: ['I', Id],
  /** The order is in the book. `w` */
  isOnBook: ['w', Flag],
  /** Since when it is in the book, ms since 1970 (UTC); absent where it never was. `W` */
  workingTime: ['W?', Timestamp],
  /** What happens where it would trade with an order of the same account. `V` */
  selfTradePreventionMode: ['V?', SelfTradePreventionMode],
  /** How far a trailing stop is behind, in basis points; absent from other orders. `d` */
  trailingDelta: ['d?', Integer],
  /** Since when the trailing stop follows the price, ms since 1970 (UTC). `D` */
  trailingTime: ['D?', Timestamp],
  /** The strategy that the order was placed with; absent where it was placed with none. `j` */
  strategyId: ['j?', Id],
  /** The kind of that strategy, a number of the caller's. `J` */
  strategyType: ['J?', Integer],
  /** The id of a match that was prevented, as both orders were the same account's. `v` */
  preventedMatchId: ['v?', Id],
  /** The quantity whose trades were prevented so far, in the base asset. `A` */
  preventedQuantity: ['A?', Decimal],
  /** The quantity whose trade was prevented now, in the base asset. `B` */
  lastPreventedQuantity: ['B?', Decimal],
  /** The group of accounts whose orders do not trade with each other. `u` */
  tradeGroupId: ['u?', Id],
  /** The order that it would have traded with. `U` */
  counterOrderId: ['U?', Id],
  /** The market of that order. `Cs` */
  counterSymbol: ['Cs?', Text],
  /** The quantity of the prevented execution, in the base asset. `pl` */
  preventedExecutionQuantity: ['pl?', Decimal],
  /** The price of the prevented execution, in the quote asset. `pL` */
  preventedExecutionPrice: ['pL?', Decimal],
  /** The amount of the prevented execution, in the quote asset. `pY` */
  preventedExecutionQuote: ['pY?', Decimal],
  /** How the order was matched, where it has allocations or may have. `b` */
  matchType: ['b?', Text],
  /** The id of the allocation. `a` */
  allocationId: ['a?', Id],
  /** Where the order is worked: `SOR`; only of orders that may have allocations. `k` */
  workingFloor: ['k?', Text],
  /** Smart order routing was used; absent where it was not. `uS` */
  usedSor: ['uS?', Flag],
  /** Which price a pegged order follows; absent from other orders. `gP` */
  peggedPriceType: ['gP?', Text],
  /** What a pegged order's offset counts. `gOT` */
  peggedOffsetType: ['gOT?', Text],
  /** A pegged order's offset, in what the offset type counts. `gOV` */
  peggedOffsetValue: ['gOV?', Integer],
  /** The present price of a pegged order, in the quote asset. `gp` */
  peggedPrice: ['gp?', Decimal],
  /** Why the order expired; absent where it did not. `eR` */
  expiryReason: ['eR?', Text],
})

/** An order of Binance spot changed; what is said only of certain orders is absent from the others. */
export interface BinanceExecutionReport extends SpotReportFields, t.TypeOf<typeof codec> {}
export const BinanceExecutionReport: Wire<BinanceExecutionReport> = codec
