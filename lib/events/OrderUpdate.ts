import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Flag } from '../codecs/Flag.js'
import { Id } from '../codecs/Id.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { nullable } from '../codecs/nullable.js'
import { wire, type Wire } from '../codecs/wire.js'
import { ExecutionType, OrderStatus, OrderType, PositionSide, Side, TimeInForce, WorkingType } from './enumerations.js'

const futuresOrderCodec = wire('FuturesOrder', undefined, {
  symbol: ['s', Text],
  /** `autoclose-…` is a liquidation, `adl_autoclose` an ADL. */
  clientOrderId: ['c', Text],
  side: ['S', Side],
  orderType: ['o', OrderType],
  timeInForce: ['f', TimeInForce],
  quantity: ['q', Decimal],
  price: ['p', Decimal],
  averagePrice: ['ap', Decimal],
  stopPrice: ['sp', Decimal],
  executionType: ['x', ExecutionType],
  status: ['X', OrderStatus],
  orderId: ['i', Id],
  lastFilledQuantity: ['l', Decimal],
  filledQuantity: ['z', Decimal],
  lastFilledPrice: ['L', Decimal],
  commissionAsset: ['N?', nullable(Text)],
  commission: ['n?', Decimal],
  tradeTime: ['T', Timestamp],
  tradeId: ['t', Id],
  bidsNotional: ['b', Decimal],
  asksNotional: ['a', Decimal],
  isMaker: ['m', Flag],
  isReduceOnly: ['R', Flag],
  workingType: ['wt', WorkingType],
  originalOrderType: ['ot', OrderType],
  positionSide: ['ps', PositionSide],
  /** Conditional orders only. */
  isCloseAll: ['cp?', Flag],
  activationPrice: ['AP?', Decimal],
  callbackRate: ['cr?', Decimal],
  realizedProfit: ['rp', Decimal],
})

/** A futures order after a change. */
export interface FuturesOrder extends t.TypeOf<typeof futuresOrderCodec> {}
export const FuturesOrder: Wire<FuturesOrder> = futuresOrderCodec

const codec = wire('OrderUpdate', 'ORDER_TRADE_UPDATE', {
  eventTime: ['E', Timestamp],
  transactionTime: ['T', Timestamp],
  order: ['o', FuturesOrder],
})

/** A futures order changed. Not guaranteed in order: sort by `eventTime`. */
export interface OrderUpdate extends t.TypeOf<typeof codec> {}
export const OrderUpdate: Wire<OrderUpdate> = codec
