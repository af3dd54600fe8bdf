import type * as t from 'io-ts'
import { Id } from '../codecs/Id.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { many } from '../codecs/many.js'
import { wire, type Wire } from '../codecs/wire.js'
import { ListOrderStatus, ListStatusType } from './enumerations.js'

const listedOrderCodec = wire('ListedOrder', undefined, {
  /** The market: `BTCUSDT`. `s` */
  symbol: ['s', Text],
  /** The venue's id of the order. `i` */
  orderId: ['i', Id],
  /** The caller's id of the order, or one that the venue made. `c` */
  clientOrderId: ['c', Text],
})

/** One order of a list. */
export interface ListedOrder extends t.TypeOf<typeof listedOrderCodec> {}
export const ListedOrder: Wire<ListedOrder> = listedOrderCodec

const codec = wire('ListStatus', 'listStatus', {
  /** When the venue sent the event, ms since 1970 (UTC). `E` */
  eventTime: ['E', Timestamp],
  /** The market: `BTCUSDT`. `s` */
  symbol: ['s', Text],
  /** The venue's id of the list. `g` */
  orderListId: ['g', Id],
  /** How the orders depend on each other: `OCO`. `c` */
  contingencyType: ['c', Text],
  /** Why the list was reported. `l` */
  listStatusType: ['l', ListStatusType],
  /** Where the list stands. `L` */
  listOrderStatus: ['L', ListOrderStatus],
  /** Why the list was rejected; `NONE` where it was not. `r` */
  rejectReason: ['r', Text],
  /** The caller's id of the list, or one that the venue made. `C` */
  listClientOrderId: ['C', Text],
  /** When the list changed, ms since 1970 (UTC). `T` */
  transactionTime: ['T', Timestamp],
  /** The orders of the list. `O` */
  orders: ['O', many(ListedOrder)],
})

/** A list of orders that depend on each other changed. */
export interface ListStatus extends t.TypeOf<typeof codec> {}
export const ListStatus: Wire<ListStatus> = codec
