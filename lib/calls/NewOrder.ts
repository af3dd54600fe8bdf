import type * as t from 'io-ts'
import { choice } from '../codecs/choice.js'
import { Decimal } from '../codecs/Decimal.js'
import { Text } from '../codecs/Text.js'
import { wire, type Decoded, type Wire } from '../codecs/wire.js'

export const BuyOrSell = choice('BUY or SELL', ['BUY', 'SELL'])

/** What an order says at every venue. */
export interface NewOrderFields extends Decoded<typeof newOrderFields> {}
export const newOrderFields = {
  /** The market: `BTCUSDT`, on BingX `BTC-USDT`. `symbol` */
  symbol: ['symbol', Text],
  /** Whether it buys or sells. `side` */
  side: ['side', BuyOrSell],
  /** How much, in the base asset. `quantity` */
  quantity: ['quantity?', Decimal],
  /** The limit price, in the quote asset; only of orders that have one. `price` */
  price: ['price?', Decimal],
  /** Your own id of the order, by which it is known from before it leaves; one is made where none is given. `newClientOrderId` */
  clientOrderId: ['newClientOrderId?', Text],
  /** The price that triggers the order, in the quote asset; only of conditional orders. `stopPrice` */
  stopPrice: ['stopPrice?', Decimal],
} as const

/** How the size of a market order may be given on spot markets. */
export interface QuoteOrderFields extends Decoded<typeof quoteOrderFields> {}
export const quoteOrderFields = {
  /** The size of a market order in the quote asset, in place of `quantity`. `quoteOrderQty` */
  quoteOrderQuantity: ['quoteOrderQty?', Decimal],
} as const

const Type = choice('an order type of Aster spot', [
  'LIMIT',
  'MARKET',
  'STOP',
  'TAKE_PROFIT',
  'STOP_MARKET',
  'TAKE_PROFIT_MARKET',
])
const Time = choice('GTC, IOC, FOK or GTX', ['GTC', 'IOC', 'FOK', 'GTX'])

const codec = wire('AsterSpotNewOrder', undefined, {
  ...newOrderFields,
  ...quoteOrderFields,
  /** The type of the order. `type` */
  orderType: ['type', Type],
  /** How long the order stays; of those with a limit price. `timeInForce` */
  timeInForce: ['timeInForce?', Time],
})

/** An order for Aster's spot or prediction market, before it is placed. */
export interface AsterSpotNewOrder extends NewOrderFields, QuoteOrderFields, t.TypeOf<typeof codec> {}
export const AsterSpotNewOrder: Wire<AsterSpotNewOrder> = codec
