import * as t from 'io-ts'
import type { Codec } from '../codecs/Codec.js'
import { Id } from '../codecs/Id.js'
import { Text } from '../codecs/Text.js'
import { isValues } from '../codecs/Values.js'
import { wire, type Wire } from '../codecs/wire.js'
import { AsterFuturesNewOrder } from './FuturesNewOrder.js'

/** All values of an object as texts: a venue reads what stands within JSON as it reads parameters. */
const asTexts = (u: unknown): unknown =>
  isValues(u) ? Object.fromEntries(Object.entries(u).map(([name, value]) => [name, String(value)])) : u

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A list that stands in one parameter, as JSON. */
const inJson = <A, O>(name: string, item: Codec<A, O>, write: (value: O) => unknown): Codec<readonly A[], string> => {
  const list = t.readonlyArray(item)
  const type = new t.Type<readonly A[], string, unknown>(
    name,
    list.is,
    (u, context) => {
      const parsed = typeof u === 'string' ? parsedJson(u) : undefined
      return parsed === undefined ? t.failure(u, context) : list.validate(parsed, context)
    },
    (values) => JSON.stringify(values.map((value) => write(item.encode(value)))),
  )
  return Object.assign(type, {
    fast: (u: unknown): readonly A[] | undefined => {
      const result = type.decode(u)
      return result._tag === 'Right' ? result.right : undefined
    },
  })
}

const ordersCodec = wire('BatchOrders', undefined, {
  /** Up to five orders, each with a client order id of yours, since no other tells what became of it. `batchOrders` */
  orders: ['batchOrders', inJson('a list of orders', AsterFuturesNewOrder, asTexts)],
})

/** Orders that are placed by one call, at the same time and in no certain order. */
export interface BatchOrders extends t.TypeOf<typeof ordersCodec> {}
export const BatchOrders: Wire<BatchOrders> = ordersCodec

const cancelCodec = wire('BatchCancel', undefined, {
  /** The contract: `BTCUSDT`. `symbol` */
  symbol: ['symbol', Text],
  /** Up to ten ids of the venue. `orderIdList` */
  orderIds: ['orderIdList?', inJson('a list of ids', Id, (id) => id)],
  /** Up to ten ids of the caller, where the venue's are not given. `origClientOrderIdList` */
  clientOrderIds: ['origClientOrderIdList?', inJson('a list of texts', Text, (text) => text)],
})

/** Orders of one contract that are cancelled by one call. */
export interface BatchCancel extends t.TypeOf<typeof cancelCodec> {}
export const BatchCancel: Wire<BatchCancel> = cancelCodec
