import type * as t from 'io-ts'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'
import { LiquidationOrder } from './LiquidationOrder.js'

const codec = wire('ForceOrder', 'forceOrder', {
  eventTime: ['E', Timestamp],
  order: ['o', LiquidationOrder],
})

/** A liquidation. */
export interface ForceOrder extends t.TypeOf<typeof codec> {}
export const ForceOrder: Wire<ForceOrder> = codec
