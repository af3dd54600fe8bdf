import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Flag } from '../codecs/Flag.js'
import { Id } from '../codecs/Id.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { nullable } from '../codecs/nullable.js'
import { wire, type Wire } from '../codecs/wire.js'
import { Side } from './Side.js'
import { OrderType } from './OrderType.js'
import { TimeInForce } from './TimeInForce.js'
import { ExecutionType } from './ExecutionType.js'
import { OrderStatus } from './OrderStatus.js'

const codec = wire('ExecutionReport', 'executionReport', {
  eventTime: ['E', Timestamp],
  symbol: ['s', Text],
  clientOrderId: ['c', Text],
  side: ['S', Side],
  orderType: ['o', OrderType],
  timeInForce: ['f', TimeInForce],
  quantity: ['q', Decimal],
  price: ['p', Decimal],
  averagePrice: ['ap', Decimal],
  stopPrice: ['P', Decimal],
  executionType: ['x', ExecutionType],
  status: ['X', OrderStatus],
  orderId: ['i', Id],
  lastFilledQuantity: ['l', Decimal],
  filledQuantity: ['z', Decimal],
  lastFilledPrice: ['L', Decimal],
  commission: ['n?', Decimal],
  commissionAsset: ['N?', nullable(Text)],
  transactionTime: ['T', Timestamp],
  /** -1 where there was no trade. */
  tradeId: ['t', Id],
  isMaker: ['m', Flag],
  originalOrderType: ['ot', OrderType],
  creationTime: ['O', Timestamp],
  filledQuote: ['Z', Decimal],
  lastFilledQuote: ['Y', Decimal],
  quoteOrderQuantity: ['Q', Decimal],
})

/** An order changed: accepted, filled in part or whole, cancelled, rejected or expired. */
export interface ExecutionReport extends t.TypeOf<typeof codec> {}
export const ExecutionReport: Wire<ExecutionReport> = codec
