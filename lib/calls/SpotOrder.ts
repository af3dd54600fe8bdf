import type * as t from 'io-ts'
import type { AnyCodec } from '../codecs/Codec.js'
import { Decimal } from '../codecs/Decimal.js'
import { Id, IdText } from '../codecs/Id.js'
import { LooseDecimal } from '../codecs/LooseDecimal.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Decoded, type Wire } from '../codecs/wire.js'
import { OrderStatus, OrderType, Side, TimeInForce } from '../events/enumerations.js'

/** What every venue answers of an order, each with its own kind of amounts. */
export interface OrderFields extends Decoded<ReturnType<typeof orderFields<typeof Decimal>>> {}
const orderFields = <Amount extends AnyCodec>(amount: Amount) =>
  ({
    /** The market: `BTCUSDT`, on BingX `BTC-USDT`. `symbol` */
    symbol: ['symbol', Text],
    /** Whether the order buys or sells. `side` */
    side: ['side', Side],
    /** The type of the order. `type` */
    orderType: ['type', OrderType],
    /** Where the order stands. `status` */
    status: ['status', OrderStatus],
    /** The order's quantity, in the base asset. `origQty` */
    quantity: ['origQty', amount],
    /** The order's limit price, in the quote asset; 0 where it has none. `price` */
    price: ['price', amount],
    /** The quantity traded so far, in the base asset. `executedQty` */
    filledQuantity: ['executedQty', amount],
  }) as const

/** What Aster answers of an order, on spot and futures. */
export interface AsterOrderFields extends Decoded<typeof asterOrderFields> {}
export const asterOrderFields = {
  ...orderFields(Decimal),
  /** The venue's id of the order. `orderId` */
  orderId: ['orderId', Id],
  /** The caller's id of the order, or one that the venue made. `clientOrderId` */
  clientOrderId: ['clientOrderId', Text],
  /** How long the order stays. `timeInForce` */
  timeInForce: ['timeInForce', TimeInForce],
  /** The price that triggers the order, in the quote asset; 0 where nothing does. `stopPrice` */
  stopPrice: ['stopPrice', Decimal],
  /** What was paid or earned so far, in the quote asset. `cumQuote` */
  filledQuote: ['cumQuote', Decimal],
  /** The average price of what was traded so far, in the quote asset; absent where the venue does not say. `avgPrice` */
  averagePrice: ['avgPrice?', Decimal],
  /** The type with which the order was placed, before it was triggered. `origType` */
  originalOrderType: ['origType', OrderType],
  /** When the order changed last, ms since 1970 (UTC). `updateTime` */
  transactionTime: ['updateTime', Timestamp],
  /** When the order was placed, ms since 1970 (UTC); only where an order is asked for. `time` */
  creationTime: ['time?', Timestamp],
} as const

const codec = wire('AsterSpotOrder', undefined, asterOrderFields)

/** An order of Aster's spot or prediction market, as a call answers it. */
export interface AsterSpotOrder extends OrderFields, AsterOrderFields, t.TypeOf<typeof codec> {}
export const AsterSpotOrder: Wire<AsterSpotOrder> = codec

const binanceCodec = wire('BinanceOrder', undefined, {
  ...orderFields(Decimal),
  /** The venue's id of the order. `orderId` */
  orderId: ['orderId', Id],
  /** The caller's id of the order; where it was cancelled, it stands beside that of the cancelling. `origClientOrderId` or `clientOrderId` */
  clientOrderId: ['origClientOrderId|clientOrderId', Text],
  /** The list that the order belongs to; -1 where it is in none. `orderListId` */
  orderListId: ['orderListId', Id],
  /** How long the order stays. `timeInForce` */
  timeInForce: ['timeInForce', TimeInForce],
  /** The price that triggers the order, in the quote asset; absent or 0 where nothing does. `stopPrice` */
  stopPrice: ['stopPrice?', Decimal],
  /** What was paid or earned so far, in the quote asset; below 0 where the venue does not know any more. `cummulativeQuoteQty` */
  filledQuote: ['cummulativeQuoteQty', Decimal],
  /** The size of an order that was given in the quote asset; 0 for other orders. `origQuoteOrderQty` */
  quoteOrderQuantity: ['origQuoteOrderQty?', Decimal],
  /** When the order changed last, ms since 1970 (UTC). `transactTime` or `updateTime` */
  transactionTime: ['transactTime|updateTime', Timestamp],
  /** When the order was placed, ms since 1970 (UTC); only where an order is asked for. `time` */
  creationTime: ['time?', Timestamp],
  /** Since when it is in the book, ms since 1970 (UTC); absent where the venue does not say. `workingTime` */
  workingTime: ['workingTime?', Timestamp],
  /** What happens where it would trade with an order of the same account. `selfTradePreventionMode` */
  selfTradePreventionMode: ['selfTradePreventionMode?', Text],
  /** Why the order expired; absent where it did not. `expiryReason` */
  expiryReason: ['expiryReason?', Text],
})

/** An order of Binance's spot market, as a call answers it. */
export interface BinanceOrder extends OrderFields, t.TypeOf<typeof binanceCodec> {}
export const BinanceOrder: Wire<BinanceOrder> = binanceCodec

const bingxCodec = wire('BingxOrder', undefined, {
  ...orderFields(LooseDecimal),
  /** The venue's id of the order, digit for digit. `orderId` */
  orderId: ['orderId', IdText],
  /** The caller's id of the order; absent or empty where the venue does not say. `clientOrderID` */
  clientOrderId: ['clientOrderID?', Text],
  /** The price that triggers the order, in the quote asset; absent or 0 where nothing does. `stopPrice` or `StopPrice` */
  stopPrice: ['stopPrice|StopPrice?', LooseDecimal],
  /** What was paid or earned so far, in the quote asset. `cummulativeQuoteQty` */
  filledQuote: ['cummulativeQuoteQty', LooseDecimal],
  /** The size of an order that was given in the quote asset; only where an order is asked for. `origQuoteOrderQty` */
  quoteOrderQuantity: ['origQuoteOrderQty?', LooseDecimal],
  /** When the order changed last, ms since 1970 (UTC); absent where one was cancelled. `transactTime` or `updateTime` */
  transactionTime: ['transactTime|updateTime?', Timestamp],
  /** When the order was placed, ms since 1970 (UTC); only where an order is asked for. `time` */
  creationTime: ['time?', Timestamp],
  /** The fee so far, in the fee's asset; negative where it was paid. `fee` */
  fee: ['fee?', LooseDecimal],
  /** The asset of the fee. `feeAsset` */
  feeAsset: ['feeAsset?', Text],
})

/** An order of BingX's spot market, as a call answers it. */
export interface BingxOrder extends OrderFields, t.TypeOf<typeof bingxCodec> {}
export const BingxOrder: Wire<BingxOrder> = bingxCodec
