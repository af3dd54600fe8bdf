import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { wire, type Wire } from '../codecs/wire.js'
import { windowFields, type WindowFields } from './WindowTicker.js'

const codec = wire('Ticker', '24hrTicker', {
  ...windowFields,
  /** The quantity of the last trade, in the base asset. `Q` */
  lastQuantity: ['Q', Decimal],
  /** The price of the last trade before the window, in the quote asset; Binance only. `x` */
  previousClose: ['x?', Decimal],
  /** The best bid, in the quote asset; Binance only. `b` */
  bidPrice: ['b?', Decimal],
  /** How much is bid there, in the base asset; Binance only. `B` */
  bidQuantity: ['B?', Decimal],
  /** The best ask, in the quote asset; Binance only. `a` */
  askPrice: ['a?', Decimal],
  /** How much is asked there, in the base asset; Binance only. `A` */
  askQuantity: ['A?', Decimal],
})

/** The last 24 hours of one symbol; Binance adds the previous close and the best bid and ask. */
export interface Ticker extends WindowFields, t.TypeOf<typeof codec> {}
export const Ticker: Wire<Ticker> = codec
