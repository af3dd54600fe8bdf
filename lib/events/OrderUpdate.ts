import type * as t from 'io-ts'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'
import { FuturesOrder } from './FuturesOrder.js'

const codec = wire('OrderUpdate', 'ORDER_TRADE_UPDATE', {
  eventTime: ['E', Timestamp],
  transactionTime: ['T', Timestamp],
  order: ['o', FuturesOrder],
})

/** A futures order changed. Not guaranteed in order: sort by `eventTime`. */
export interface OrderUpdate extends t.TypeOf<typeof codec> {}
export const OrderUpdate: Wire<OrderUpdate> = codec
