import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'
import { Side } from './Side.js'
import { OrderType } from './OrderType.js'
import { TimeInForce } from './TimeInForce.js'
import { OrderStatus } from './OrderStatus.js'

const codec = wire('LiquidationOrder', undefined, {
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
export interface LiquidationOrder extends t.TypeOf<typeof codec> {}
export const LiquidationOrder: Wire<LiquidationOrder> = codec
