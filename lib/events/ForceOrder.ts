import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'
import { OrderStatus, OrderType, Side, TimeInForce } from './enumerations.js'

const liquidationOrderCodec = wire('LiquidationOrder', undefined, {
  /** The contract: `BTCUSDT`. `s` */
  symbol: ['s', Text],
  /** `SELL` closes a long position, `BUY` a short one. `S` */
  side: ['S', Side],
  /** The type of the order; empty where a file does not say it. `o` */
  orderType: ['o', OrderType],
  /** How long the order stays; empty where a file does not say it. `f` */
  timeInForce: ['f', TimeInForce],
  /** The order's quantity, in the base asset. `q` */
  quantity: ['q', Decimal],
  /** The order's price, in the quote asset. `p` */
  price: ['p', Decimal],
  /** The average price of what was traded so far, in the quote asset; -1 where a file does not say it. `ap` */
  averagePrice: ['ap', Decimal],
  /** Where the order stands; empty where a file does not say it. `X` */
  status: ['X', OrderStatus],
  /** The quantity of the last trade, in the base asset; -1 where a file does not say it. `l` */
  lastFilledQuantity: ['l', Decimal],
  /** The quantity traded so far, in the base asset; -1 where a file does not say it. `z` */
  filledQuantity: ['z', Decimal],
  /** When the last trade happened, ms since 1970 (UTC). `T` */
  tradeTime: ['T', Timestamp],
})

/** The order of a liquidation. */
export interface LiquidationOrder extends t.TypeOf<typeof liquidationOrderCodec> {}
export const LiquidationOrder: Wire<LiquidationOrder> = liquidationOrderCodec

const codec = wire('ForceOrder', 'forceOrder', {
  /** When the venue sent the event, ms since 1970 (UTC). `E` */
  eventTime: ['E', Timestamp],
  /** The order that closes the position. `o` */
  order: ['o', LiquidationOrder],
})

/** A liquidation. */
export interface ForceOrder extends t.TypeOf<typeof codec> {}
export const ForceOrder: Wire<ForceOrder> = codec
