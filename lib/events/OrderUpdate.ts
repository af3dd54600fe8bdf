import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Flag } from '../codecs/Flag.js'
import { Id, IdText } from '../codecs/Id.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { nullable } from '../codecs/nullable.js'
import { wire, type Wire } from '../codecs/wire.js'
import {
  ExecutionType,
  OrderStatus,
  OrderType,
  PositionSide,
  SelfTradePreventionMode,
  Side,
  TimeInForce,
  WorkingType,
} from './enumerations.js'

const futuresOrderCodec = wire('FuturesOrder', undefined, {
  /** The contract: `BTCUSDT`. `s` */
  symbol: ['s', Text],
  /** The caller's id of the order; `autoclose-…` is a liquidation, `adl_autoclose` an ADL. `c` */
  clientOrderId: ['c', Text],
  /** Whether the order buys or sells. `S` */
  side: ['S', Side],
  /** The type of the order. `o` */
  orderType: ['o', OrderType],
  /** How long the order stays. `f` */
  timeInForce: ['f', TimeInForce],
  /** The order's quantity, in the base asset. `q` */
  quantity: ['q', Decimal],
  /** The order's limit price, in the quote asset; 0 where it has none. `p` */
  price: ['p', Decimal],
  /** The average price of what was traded so far, in the quote asset. `ap` */
  averagePrice: ['ap', Decimal],
  /** The price that triggers the order, in the quote asset; 0 where nothing does. `sp` */
  stopPrice: ['sp', Decimal],
  /** What happened to the order now. `x` */
  executionType: ['x', ExecutionType],
  /** Where the order stands after it. `X` */
  status: ['X', OrderStatus],
  /** The venue's id of the order. `i` */
  orderId: ['i', Id],
  /** The quantity of this trade, in the base asset; 0 where there was none. `l` */
  lastFilledQuantity: ['l', Decimal],
  /** The quantity traded so far, in the base asset. `z` */
  filledQuantity: ['z', Decimal],
  /** The price of this trade, in the quote asset; 0 where there was none. `L` */
  lastFilledPrice: ['L', Decimal],
  /** The asset of the commission; absent or `null` where there was none. `N` */
  commissionAsset: ['N?', nullable(Text)],
  /** The commission of this trade, in the commission asset; absent where there was none. `n` */
  commission: ['n?', Decimal],
  /** When the order changed, ms since 1970 (UTC). `T` */
  tradeTime: ['T', Timestamp],
  /** The id of this trade; 0 where there was none. `t` */
  tradeId: ['t', Id],
  /** The worth of the account's open bids, in the quote asset. `b` */
  bidsNotional: ['b', Decimal],
  /** The worth of the account's open asks, in the quote asset. `a` */
  asksNotional: ['a', Decimal],
  /** The order was in the book when it traded. `m` */
  isMaker: ['m', Flag],
  /** The order may only make a position smaller. `R` */
  isReduceOnly: ['R', Flag],
  /** Which price triggers the order. `wt` */
  workingType: ['wt', WorkingType],
  /** The type with which the order was placed, before it was triggered. `ot` */
  originalOrderType: ['ot', OrderType],
  /** Which of the contract's positions the order belongs to; `BOTH` where there is one only. `ps` */
  positionSide: ['ps', PositionSide],
  /** The order closes the whole position; conditional orders only. `cp` */
  isCloseAll: ['cp?', Flag],
  /** From which price a trailing stop follows, in the quote asset; absent from other orders. `AP` */
  activationPrice: ['AP?', Decimal],
  /** How far a trailing stop is behind, in percent; absent from other orders. `cr` */
  callbackRate: ['cr?', Decimal],
  /** The profit that this trade realised, in the margin asset. `rp` */
  realizedProfit: ['rp', Decimal],
  /** What happens where it would trade with an order of the same account; Binance only. `V` */
  selfTradePreventionMode: ['V?', SelfTradePreventionMode],
  /** How its price follows the book, `NONE` where it does not; Binance only. `pm` */
  priceMatch: ['pm?', Text],
  /** When the venue cancels it, ms since 1970 (UTC); 0 where it does not; Binance only. `gtd` */
  goodTillDate: ['gtd?', Timestamp],
  /** The number of the reason why it expired, 0 where it did not; Binance only. `er` */
  expiryReason: ['er?', IdText],
})

/** A futures order after a change. */
export interface FuturesOrder extends t.TypeOf<typeof futuresOrderCodec> {}
export const FuturesOrder: Wire<FuturesOrder> = futuresOrderCodec

const codec = wire('OrderUpdate', 'ORDER_TRADE_UPDATE', {
  /** When the venue sent the event, ms since 1970 (UTC). `E` */
  eventTime: ['E', Timestamp],
  /** When the order changed, ms since 1970 (UTC). `T` */
  transactionTime: ['T', Timestamp],
  /** The order after the change. `o` */
  order: ['o', FuturesOrder],
})

/** A futures order changed. Not guaranteed in order: sort by `eventTime`. */
export interface OrderUpdate extends t.TypeOf<typeof codec> {}
export const OrderUpdate: Wire<OrderUpdate> = codec
