import type { AnyCodec } from '../codecs/Codec.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { ExecutionType } from './ExecutionType.js'
import { OrderStatus } from './OrderStatus.js'
import { OrderType } from './OrderType.js'
import { Side } from './Side.js'

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
