import type * as t from 'io-ts'
import { choice } from '../codecs/choice.js'
import { Id } from '../codecs/Id.js'
import { Text } from '../codecs/Text.js'
import { wire, type Decoded, type Wire } from '../codecs/wire.js'
import { newOrderFields, quoteOrderFields, type NewOrderFields, type QuoteOrderFields } from './NewOrder.js'

const Type = choice('an order type of BingX', [
  'LIMIT',
  'MARKET',
  'TAKE_STOP_LIMIT',
  'TAKE_STOP_MARKET',
  'TRIGGER_LIMIT',
  'TRIGGER_MARKET',
])
const Time = choice('GTC, IOC, FOK or PostOnly', ['GTC', 'IOC', 'FOK', 'PostOnly'])

/** The type of an order of BingX, and how long it stays. */
interface BingxOrderFields extends Decoded<typeof bingxOrderFields> {}
const bingxOrderFields = {
  ...newOrderFields,
  ...quoteOrderFields,
  /** The type of the order. `type` */
  orderType: ['type', Type],
  /** How long the order stays; of those with a limit price, GTC by default. `timeInForce` */
  timeInForce: ['timeInForce?', Time],
} as const

const codec = wire('BingxNewOrder', undefined, bingxOrderFields)

/** An order for BingX's spot market, before it is placed. */
export interface BingxNewOrder extends NewOrderFields, QuoteOrderFields, BingxOrderFields, t.TypeOf<typeof codec> {}
export const BingxNewOrder: Wire<BingxNewOrder> = codec

const replacement = wire('BingxReplacement', undefined, {
  ...bingxOrderFields,
  /** The order to be replaced, by the venue's id. `cancelOrderId` */
  replacedOrderId: ['cancelOrderId?', Id],
  /** The order to be replaced, by the caller's id. `cancelClientOrderID` */
  replacedClientOrderId: ['cancelClientOrderID?', Text],
})

/** A new order in place of another one, which is cancelled first; where that fails, none is placed. */
export interface BingxReplacement
  extends NewOrderFields, QuoteOrderFields, BingxOrderFields, t.TypeOf<typeof replacement> {}
export const BingxReplacement: Wire<BingxReplacement> = replacement
