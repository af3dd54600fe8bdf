import type * as t from 'io-ts'
import { Flag } from '../codecs/Flag.js'
import { IdText } from '../codecs/Id.js'
import { LooseDecimal } from '../codecs/LooseDecimal.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { nullable } from '../codecs/nullable.js'
import { wire, type Wire } from '../codecs/wire.js'
import { reportFields } from './ExecutionReport.js'

const codec = wire('BingxExecutionReport', 'executionReport', {
  ...reportFields(LooseDecimal, IdText),
  clientOrderId: ['C?', Text],
  /** Negative where it was paid. */
  commission: ['n', LooseDecimal],
  /** Empty where nothing was paid. */
  commissionAsset: ['N', nullable(Text)],
  transactionTime: ['T?', Timestamp],
  tradeId: ['t?', IdText],
  isMaker: ['m?', Flag],
  creationTime: ['O?', Timestamp],
  filledQuote: ['Z?', LooseDecimal],
  lastFilledQuote: ['Y?', LooseDecimal],
  quoteOrderQuantity: ['Q?', LooseDecimal],
})

/** An order of BingX spot changed. Amounts and ids are the venue's digits, whether it sent a text or a number. */
export interface BingxExecutionReport extends t.TypeOf<typeof codec> {}
export const BingxExecutionReport: Wire<BingxExecutionReport> = codec
