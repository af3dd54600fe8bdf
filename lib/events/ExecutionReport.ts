import type * as t from 'io-ts'
import type { AnyCodec } from '../codecs/Codec.js'
import { Decimal } from '../codecs/Decimal.js'
import { Flag } from '../codecs/Flag.js'
import { Id } from '../codecs/Id.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { nullable } from '../codecs/nullable.js'
import { wire, type Wire } from '../codecs/wire.js'
import { ExecutionType, OrderStatus, OrderType, Side, TimeInForce } from './enumerations.js'

/** What every venue says of a spot order, each with its own kind of amounts and ids. */
export const reportFields = <Amount extends AnyCodec, OrderId extends AnyCodec>(amount: Amount, orderId: OrderId) =>
  ({
    eventTime: ['E', Timestamp],
    symbol: ['s', Text],
    side: ['S', Side],
    orderType: ['o', OrderType],
    quantity: ['q', amount],
    price: ['p', amount],
    executionType: ['x', ExecutionType],
    status: ['X', OrderStatus],
    orderId: ['i', orderId],
    lastFilledQuantity: ['l', amount],
    filledQuantity: ['z', amount],
    lastFilledPrice: ['L', amount],
  }) as const

/** What Aster and Binance both say of a spot order. */
export const spotReportFields = {
  ...reportFields(Decimal, Id),
  clientOrderId: ['c', Text],
  timeInForce: ['f', TimeInForce],
  stopPrice: ['P', Decimal],
  commission: ['n?', Decimal],
  commissionAsset: ['N?', nullable(Text)],
  transactionTime: ['T', Timestamp],
  /** -1 where there was no trade. */
  tradeId: ['t', Id],
  isMaker: ['m', Flag],
  creationTime: ['O', Timestamp],
  filledQuote: ['Z', Decimal],
  lastFilledQuote: ['Y', Decimal],
  quoteOrderQuantity: ['Q', Decimal],
} as const

const codec = wire('ExecutionReport', 'executionReport', {
  ...spotReportFields,
  averagePrice: ['ap', Decimal],
  originalOrderType: ['ot', OrderType],
})

/** An order changed: accepted, filled in part or whole, cancelled, rejected or expired. */
export interface ExecutionReport extends t.TypeOf<typeof codec> {}
export const ExecutionReport: Wire<ExecutionReport> = codec
