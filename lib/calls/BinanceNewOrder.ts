import type * as t from 'io-ts'
import { choice } from '../codecs/choice.js'
import { Decimal } from '../codecs/Decimal.js'
import { Id } from '../codecs/Id.js'
import { Integer } from '../codecs/Integer.js'
import { Text } from '../codecs/Text.js'
import { wire, type Decoded, type Wire } from '../codecs/wire.js'
import { newOrderFields, quoteOrderFields, type NewOrderFields, type QuoteOrderFields } from './NewOrder.js'

const Type = choice('an order type of Binance spot', [
  'LIMIT',
  'MARKET',
  'STOP_LOSS',
  'STOP_LOSS_LIMIT',
  'TAKE_PROFIT',
  'TAKE_PROFIT_LIMIT',
  'LIMIT_MAKER',
])
const Time = choice('GTC, IOC or FOK', ['GTC', 'IOC', 'FOK'])

/** What an order of Binance spot says beside its id. */
interface BinanceOrderFields extends Decoded<typeof binanceOrderFields> {}
const binanceOrderFields = {
  ...newOrderFields,
  ...quoteOrderFields,
  /** The type of the order. `type` */
  orderType: ['type', Type],
  /** How long the order stays; of those with a limit price, but for a `LIMIT_MAKER`. `timeInForce` */
  timeInForce: ['timeInForce?', Time],
  /** How far a trailing stop is behind, in basis points. `trailingDelta` */
  trailingDelta: ['trailingDelta?', Integer],
  /** How much of an iceberg order is shown at a time, in the base asset. `icebergQty` */
  icebergQuantity: ['icebergQty?', Decimal],
  /** A number of yours for the strategy that places it. `strategyId` */
  strategyId: ['strategyId?', Id],
  /** A number of yours for the kind of that strategy, from 1,000,000 on. `strategyType` */
  strategyType: ['strategyType?', Integer],
  /** What happens where it would trade with an order of the same account. `selfTradePreventionMode` */
  selfTradePreventionMode: ['selfTradePreventionMode?', Text],
  /** Which price a pegged order follows. `pegPriceType` */
  pegPriceType: ['pegPriceType?', Text],
  /** What a pegged order's offset counts. `pegOffsetType` */
  pegOffsetType: ['pegOffsetType?', Text],
  /** A pegged order's offset, in what its type counts. `pegOffsetValue` */
  pegOffsetValue: ['pegOffsetValue?', Integer],
} as const

const codec = wire('BinanceNewOrder', undefined, binanceOrderFields)

/** An order for Binance's spot market, before it is placed. */
export interface BinanceNewOrder extends NewOrderFields, QuoteOrderFields, BinanceOrderFields, t.TypeOf<typeof codec> {}
export const BinanceNewOrder: Wire<BinanceNewOrder> = codec

const replacement = wire('BinanceReplacement', undefined, {
  ...binanceOrderFields,
  /** The order to be replaced, by the venue's id. `cancelOrderId` */
  replacedOrderId: ['cancelOrderId?', Id],
  /** The order to be replaced, by the caller's id. `cancelOrigClientOrderId` */
  replacedClientOrderId: ['cancelOrigClientOrderId?', Text],
})

/** A new order in place of another one, which is cancelled first; where that fails, none is placed. */
export interface BinanceReplacement
  extends NewOrderFields, QuoteOrderFields, BinanceOrderFields, t.TypeOf<typeof replacement> {}
export const BinanceReplacement: Wire<BinanceReplacement> = replacement
