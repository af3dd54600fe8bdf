import type * as t from 'io-ts'
import type { AnyCodec } from '../codecs/Codec.js'
import { Decimal } from '../codecs/Decimal.js'
import { Flag } from '../codecs/Flag.js'
import { Id } from '../codecs/Id.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { nullable } from '../codecs/nullable.js'
import { wire, type Decoded, type Wire } from '../codecs/wire.js'
import { ExecutionType, OrderStatus, OrderType, Side, TimeInForce } from './enumerations.js'

/** What every venue says of a spot order beside its ids, each with its own kind of amounts. */
export interface ReportFields extends Decoded<ReturnType<typeof reportFields<typeof Decimal>>> {}
export const reportFields = <Amount extends AnyCodec>(amount: Amount) =>
  ({
    /** When the venue sent the event, ms since 1970 (UTC). `E` */
    eventTime: ['E', Timestamp],
    /** The market: `BTCUSDT`, on BingX `BTC-USDT`. `s` */
    symbol: ['s', Text],
    /** Whether the order buys or sells. `S` */
    side: ['S', Side],
    /** The type of the order. `o` */
    orderType: ['o', OrderType],
    /** The order's quantity, in the base asset. `q` */
    quantity: ['q', amount],
    /** The order's limit price, in the quote asset; 0 where it has none. `p` */
    price: ['p', amount],
    /** What happened to the order now. `x` */
    executionType: ['x', ExecutionType],
    /** Where the order stands after it. `X` */
    status: ['X', OrderStatus],
    /** The quantity of this trade, in the base asset; 0 where there was none. `l` */
    lastFilledQuantity: ['l', amount],
    /** The quantity traded so far, in the base asset. `z` */
    filledQuantity: ['z', amount],
    /** The price of this trade, in the quote asset; 0 where there was none. `L` */
    lastFilledPrice: ['L', amount],
  }) as const

/** What Aster and Binance both say of a spot order. */
export interface SpotReportFields extends Decoded<typeof spotReportFields> {}
export const spotReportFields = {
  ...reportFields(Decimal),
  /** The venue's id of the order. `i` */
  orderId: ['i', Id],
  /** The caller's id of the order, or one that the venue made. `c` */
  clientOrderId: ['c', Text],
  /** How long the order stays. `f` */
  timeInForce: ['f', TimeInForce],
  /** The price that triggers the order, in the quote asset; 0 where nothing does. `P` */
  stopPrice: ['P', Decimal],
  /** The commission of this trade, in the commission asset. `n` */
  commission: ['n?', Decimal],
  /** The asset of the commission; `null` where there was none. `N` */
  commissionAsset: ['N?', nullable(Text)],
  /** When the order changed, ms since 1970 (UTC). `T` */
  transactionTime: ['T', Timestamp],
  /** The id of this trade; -1 where there was none. `t` */
  tradeId: ['t', Id],
  /** The order was in the book when it traded. `m` */
  isMaker: ['m', Flag],
  /** When the order was placed, ms since 1970 (UTC). `O` */
  creationTime: ['O', Timestamp],
  /** What was paid or earned so far, in the quote asset. `Z` */
  filledQuote: ['Z', Decimal],
  /** What this trade paid or earned, in the quote asset. `Y` */
  lastFilledQuote: ['Y', Decimal],
  /** The size of an order that was given in the quote asset; 0 for other orders. `Q` */
  quoteOrderQuantity: ['Q', Decimal],
} as const

const codec = wire('ExecutionReport', 'executionReport', {
  ...spotReportFields,
  /** The average price of what was traded so far, in the quote asset. `ap` */
  averagePrice: ['ap', Decimal],
  /** The type with which the order was placed, before it was triggered. `ot` */
  originalOrderType: ['ot', OrderType],
})

/** An order changed: accepted, filled in part or whole, cancelled, rejected or expired. */
export interface ExecutionReport extends t.TypeOf<typeof codec> {}
export const ExecutionReport: Wire<ExecutionReport> = codec
