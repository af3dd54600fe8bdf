import type * as t from 'io-ts'
import { Flag } from '../codecs/Flag.js'
import { IdText } from '../codecs/Id.js'
import { LooseDecimal } from '../codecs/LooseDecimal.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { nullable } from '../codecs/nullable.js'
import { wire, type Wire } from '../codecs/wire.js'
import { reportFields, type ReportFields } from './ExecutionReport.js'

const codec = wire('BingxExecutionReport', 'executionReport', {
  ...reportFields(LooseDecimal),
  /** The venue's id of the order, digit for digit. `i` */
  orderId: ['i', IdText],
  /** The caller's id of the order; absent where the caller gave none. `C` */
  clientOrderId: ['C?', Text],
  /** The commission of this trade, in the commission asset; negative where it was paid. `n` */
  commission: ['n', LooseDecimal],
  /** The asset of the commission; empty or `null` where nothing was paid. `N` */
  commissionAsset: ['N', nullable(Text)],
  /** When the order changed, ms since 1970 (UTC). `T` */
  transactionTime: ['T?', Timestamp],
  /** The id of the trade; absent where there was none. `t` */
  tradeId: ['t?', IdText],
  /** The order was in the book when it traded. `m` */
  isMaker: ['m?', Flag],
  /** When the order was placed, ms since 1970 (UTC). `O` */
  creationTime: ['O?', Timestamp],
  /** What was paid or earned so far, in the quote asset. `Z` */
  filledQuote: ['Z?', LooseDecimal],
  /** What this trade paid or earned, in the quote asset. `Y` */
  lastFilledQuote: ['Y?', LooseDecimal],
  /** The size of an order that was given in the quote asset. `Q` */
  quoteOrderQuantity: ['Q?', LooseDecimal],
})

/** An order of BingX spot changed. Amounts and ids are the venue's digits, whether it sent a text or a number. */
export interface BingxExecutionReport extends ReportFields, t.TypeOf<typeof codec> {}
export const BingxExecutionReport: Wire<BingxExecutionReport> = codec
