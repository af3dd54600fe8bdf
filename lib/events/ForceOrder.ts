import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'
import { OrderStatus, OrderType, Side, TimeInForce } from './enumerations.js'

const liquidationOrderCodec = wire('LiquidationOrder', undefined, {
  symbol: ['s', Text],
  side: ['S', Side],
  orderType: ['o', OrderType],
  timeInForce: ['f', TimeInForce],
  quantity: ['q', Decimal],
  price: ['p', Decimal],
  averagePrice: ['ap', Decimal],
  status: ['X', OrderStatus],
  lastFilledQuantity: ['l', Decimal],
  filledQuantity: ['z', Decimal],
  tradeTime: ['T', Timestamp],
})

/** The order of a liquidation. */
export interface LiquidationOrder extends t.TypeOf<typeof liquidationOrderCodec> {}
export const LiquidationOrder: Wire<LiquidationOrder> = liquidationOrderCodec

const codec = wire('ForceOrder', 'forceOrder', {
  eventTime: ['E', Timestamp],
  order: ['o', LiquidationOrder],
})

/** A liquidation. */
export interface ForceOrder extends t.TypeOf<typeof codec> {}
export const ForceOrder: Wire<ForceOrder> = codec
