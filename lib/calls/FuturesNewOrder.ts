import type * as t from 'io-ts'
import { choice } from '../codecs/choice.js'
import { Decimal } from '../codecs/Decimal.js'
import { Flag } from '../codecs/Flag.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Decoded, type Wire } from '../codecs/wire.js'
import { newOrderFields, type NewOrderFields } from './NewOrder.js'

const Type = choice('an order type of futures', [
  'LIMIT',
  'MARKET',
  'STOP',
  'STOP_MARKET',
  'TAKE_PROFIT',
  'TAKE_PROFIT_MARKET',
  'TRAILING_STOP_MARKET',
])
const AsterTime = choice('GTC, IOC, FOK, GTX or HIDDEN', ['GTC', 'IOC', 'FOK', 'GTX', 'HIDDEN'])
const BinanceTime = choice('GTC, IOC, FOK, GTX or GTD', ['GTC', 'IOC', 'FOK', 'GTX', 'GTD'])
const Which = choice('BOTH, LONG or SHORT', ['BOTH', 'LONG', 'SHORT'])
const TriggeredBy = choice('MARK_PRICE or CONTRACT_PRICE', ['MARK_PRICE', 'CONTRACT_PRICE'])
const Response = choice('ACK or RESULT', ['ACK', 'RESULT'])
const OwnTrades = choice('EXPIRE_TAKER, EXPIRE_MAKER or EXPIRE_BOTH', ['EXPIRE_TAKER', 'EXPIRE_MAKER', 'EXPIRE_BOTH'])
const PegTo = choice('COUNTERPARTY_1 or QUEUE_1', ['COUNTERPARTY_1', 'QUEUE_1'])

/** What an order of perpetual futures says beside what every order says. */
interface FuturesOrderFields extends Decoded<typeof futuresOrderFields> {}
const futuresOrderFields = {
  ...newOrderFields,
  /** The type of the order. `type` */
  orderType: ['type', Type],
  /** Which of the contract's positions it is about; mandatory where long and short ones are kept apart. `positionSide` */
  positionSide: ['positionSide?', Which],
  /** It may only make a position smaller. `reduceOnly` */
  isReduceOnly: ['reduceOnly?', Flag],
  /** It closes the whole position, once it is triggered. `closePosition` */
  isCloseAll: ['closePosition?', Flag],
  /** From which price a trailing stop follows, in the quote asset. `activationPrice` */
  activationPrice: ['activationPrice?', Decimal],
  /** How far a trailing stop is behind, in percent. `callbackRate` */
  callbackRate: ['callbackRate?', Decimal],
  /** Which price triggers it. `workingType` */
  workingType: ['workingType?', TriggeredBy],
  /** It is not triggered while mark price and contract price are far apart. `priceProtect` */
  isPriceProtected: ['priceProtect?', Flag],
  /** Whether the answer comes at once, or with what became of a market order. `newOrderRespType` */
  responseType: ['newOrderRespType?', Response],
} as const

const codec = wire('AsterFuturesNewOrder', undefined, {
  ...futuresOrderFields,
  /** How long the order stays; of those with a limit price. `timeInForce` */
  timeInForce: ['timeInForce?', AsterTime],
  /** What happens where it would trade with an order of the same account; the account's own mode by default. `stpMode` */
  selfTradePreventionMode: ['stpMode?', OwnTrades],
  /** Which of the best prices its price is taken from, when it is triggered. `pegPriceType` */
  pegPriceType: ['pegPriceType?', PegTo],
  /** How far from that price, in the quote asset: below 0 for those that buy. `pegOffset` */
  pegOffset: ['pegOffset?', Decimal],
})

/** An order for Aster's perpetual futures, before it is placed. */
export interface AsterFuturesNewOrder extends NewOrderFields, FuturesOrderFields, t.TypeOf<typeof codec> {}
export const AsterFuturesNewOrder: Wire<AsterFuturesNewOrder> = codec

const binanceCodec = wire('BinanceFuturesNewOrder', undefined, {
  ...futuresOrderFields,
  /** How long the order stays; of those with a limit price. `timeInForce` */
  timeInForce: ['timeInForce?', BinanceTime],
  /** What happens where it would trade with an order of the same account. `selfTradePreventionMode` */
  selfTradePreventionMode: ['selfTradePreventionMode?', Text],
  /** Which price of the book it takes, in place of `price`: `QUEUE`, `OPPONENT_5`. `priceMatch` */
  priceMatch: ['priceMatch?', Text],
  /** Until when it stays, with `GTD`: ms since 1970 (UTC), of which the whole seconds count. `goodTillDate` */
  goodTillDate: ['goodTillDate?', Timestamp],
})

/** An order for Binance's USD-M futures, before it is placed. */
export interface BinanceFuturesNewOrder extends NewOrderFields, FuturesOrderFields, t.TypeOf<typeof binanceCodec> {}
export const BinanceFuturesNewOrder: Wire<BinanceFuturesNewOrder> = binanceCodec
