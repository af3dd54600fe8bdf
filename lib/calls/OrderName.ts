import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Id } from '../codecs/Id.js'
import { Text } from '../codecs/Text.js'
import { wire, type Decoded, type Wire } from '../codecs/wire.js'
import { BuyOrSell } from './NewOrder.js'

/** Which order, by the venue's id. */
interface OrderIdFields extends Decoded<typeof orderIdFields> {}
const orderIdFields = {
  /** The market: `BTCUSDT`, on BingX `BTC-USDT`. `symbol` */
  symbol: ['symbol', Text],
  /** The venue's id of the order. `orderId` */
  orderId: ['orderId?', Id],
} as const

/** Which order, by the caller's id. */
interface ClientIdFields extends Decoded<typeof clientIdFields> {}
const clientIdFields = {
  /** The caller's id of the order, where the venue's is not known. `origClientOrderId` */
  clientOrderId: ['origClientOrderId?', Text],
} as const

const codec = wire('OrderName', undefined, { ...orderIdFields, ...clientIdFields })

/** Names an order by one of its ids. */
export interface OrderName extends OrderIdFields, ClientIdFields, t.TypeOf<typeof codec> {}
export const OrderName: Wire<OrderName> = codec

const bingxCodec = wire('BingxOrderName', undefined, {
  ...orderIdFields,
  /** The caller's id of the order, where the venue's is not known. `clientOrderID` */
  clientOrderId: ['clientOrderID?', Text],
})

/** Names an order of BingX by one of its ids. */
export interface BingxOrderName extends OrderIdFields, t.TypeOf<typeof bingxCodec> {}
export const BingxOrderName: Wire<BingxOrderName> = bingxCodec

const termsCodec = wire('NewTerms', undefined, {
  ...orderIdFields,
  ...clientIdFields,
  /** The new quantity, what is filled already included, in the base asset. `quantity` */
  quantity: ['quantity', Decimal],
  /** The new limit price, in the quote asset. `price` */
  price: ['price', Decimal],
})

/** Another quantity and price for a limit order that is open; both are given, even where one stays. */
export interface NewTerms extends OrderIdFields, ClientIdFields, t.TypeOf<typeof termsCodec> {}
export const NewTerms: Wire<NewTerms> = termsCodec

const binanceTermsCodec = wire('BinanceNewTerms', undefined, {
  ...orderIdFields,
  ...clientIdFields,
  /** Whether the order buys or sells. `side` */
  side: ['side', BuyOrSell],
  /** The new quantity, what is filled already included, in the base asset. `quantity` */
  quantity: ['quantity', Decimal],
  /** The new limit price, in the quote asset. `price` */
  price: ['price', Decimal],
})

/** Another quantity and price for a limit order of Binance's futures; both are given, even where one stays. */
export interface BinanceNewTerms extends OrderIdFields, ClientIdFields, t.TypeOf<typeof binanceTermsCodec> {}
export const BinanceNewTerms: Wire<BinanceNewTerms> = binanceTermsCodec

const symbolCodec = wire('OfSymbol', undefined, {
  /** The market: `BTCUSDT`, on BingX `BTC-USDT`. `symbol` */
  symbol: ['symbol', Text],
})

/** One market. */
export interface OfSymbol extends t.TypeOf<typeof symbolCodec> {}
export const OfSymbol: Wire<OfSymbol> = symbolCodec

const anyCodec = wire('OfAnySymbol', undefined, {
  /** The market: `BTCUSDT`, on BingX `BTC-USDT`; all of them where it is left out, which may cost much more. `symbol` */
  symbol: ['symbol?', Text],
})

/** One market, or all. */
export interface OfAnySymbol extends t.TypeOf<typeof anyCodec> {}
export const OfAnySymbol: Wire<OfAnySymbol> = anyCodec
