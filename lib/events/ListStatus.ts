import type * as t from 'io-ts'
import { Id } from '../codecs/Id.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { many } from '../codecs/many.js'
import { wire, type Wire } from '../codecs/wire.js'
import { ListOrderStatus, ListStatusType } from './enumerations.js'

const listedOrderCodec = wire('ListedOrder', undefined, {
  symbol: ['s', Text],
  orderId: ['i', Id],
  clientOrderId: ['c', Text],
})

/** One order of a list. */
export interface ListedOrder extends t.TypeOf<typeof listedOrderCodec> {}
export const ListedOrder: Wire<ListedOrder> = listedOrderCodec

const codec = wire('ListStatus', 'listStatus', {
  eventTime: ['E', Timestamp],
  symbol: ['s', Text],
  orderListId: ['g', Id],
  contingencyType: ['c', Text],
  listStatusType: ['l', ListStatusType],
  listOrderStatus: ['L', ListOrderStatus],
  rejectReason: ['r', Text],
  listClientOrderId: ['C', Text],
  transactionTime: ['T', Timestamp],
  orders: ['O', many(ListedOrder)],
})

/** A list of orders that depend on each other changed. */
export interface ListStatus extends t.TypeOf<typeof codec> {}
export const ListStatus: Wire<ListStatus> = codec
