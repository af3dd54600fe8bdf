import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Flag } from '../codecs/Flag.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Decoded, type Wire } from '../codecs/wire.js'
import { PositionSide, WorkingType } from '../events/enumerations.js'
import { asterOrderFields, type AsterOrderFields, type OrderFields } from './SpotOrder.js'

/** What is answered of an order of perpetual futures beside what every order says. */
interface FuturesAnswerFields extends Decoded<typeof futuresAnswerFields> {}
const futuresAnswerFields = {
  /** Which of the contract's positions the order belongs to; `BOTH` where there is one only. `positionSide` */
  positionSide: ['positionSide', PositionSide],
  /** The order may only make a position smaller. `reduceOnly` */
  isReduceOnly: ['reduceOnly', Flag],
  /** The order closes the whole position; absent where the venue does not say. `closePosition` */
  isCloseAll: ['closePosition?', Flag],
  /** Which price triggers the order. `workingType` */
  workingType: ['workingType', WorkingType],
  /** The order is not triggered while mark price and contract price are far apart. `priceProtect` */
  isPriceProtected: ['priceProtect?', Flag],
  /** From which price a trailing stop follows, in the quote asset; absent from other orders. `activatePrice` */
  activationPrice: ['activatePrice?', Decimal],
  /** How far a trailing stop is behind, in percent; absent from other orders. `priceRate` */
  callbackRate: ['priceRate?', Decimal],
} as const

const codec = wire('AsterFuturesOrder', undefined, { ...asterOrderFields, ...futuresAnswerFields })

/** An order of Aster's perpetual futures, as a call answers it. */
export interface AsterFuturesOrder extends OrderFields, AsterOrderFields, FuturesAnswerFields, t.TypeOf<typeof codec> {}
export const AsterFuturesOrder: Wire<AsterFuturesOrder> = codec

const binanceCodec = wire('BinanceFuturesOrder', undefined, {
  ...asterOrderFields,
  ...futuresAnswerFields,
  /** What was paid or earned so far, in the quote asset; absent where an order was changed. `cumQuote` */
  filledQuote: ['cumQuote?', Decimal],
  /** Which price of the book it took; `NONE` where it has a price of its own. `priceMatch` */
  priceMatch: ['priceMatch?', Text],
  /** What happens where it would trade with an order of the same account. `selfTradePreventionMode` */
  selfTradePreventionMode: ['selfTradePreventionMode?', Text],
  /** Until when it stays, ms since 1970 (UTC); 0 where there is no such time. `goodTillDate` */
  goodTillDate: ['goodTillDate?', Timestamp],
})

/** An order of Binance's USD-M futures, as a call answers it. */
export interface BinanceFuturesOrder
  extends OrderFields, Omit<AsterOrderFields & FuturesAnswerFields, 'filledQuote'>, t.TypeOf<typeof binanceCodec> {}
export const BinanceFuturesOrder: Wire<BinanceFuturesOrder> = binanceCodec
