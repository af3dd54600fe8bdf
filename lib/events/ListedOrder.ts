import type * as t from 'io-ts'
import { Id } from '../codecs/Id.js'
import { Text } from '../codecs/Text.js'
import { wire, type Wire } from '../codecs/wire.js'

const codec = wire('ListedOrder', undefined, {
  symbol: ['s', Text],
  orderId: ['i', Id],
  clientOrderId: ['c', Text],
})

/** One order of a list. */
export interface ListedOrder extends t.TypeOf<typeof codec> {}
export const ListedOrder: Wire<ListedOrder> = codec
