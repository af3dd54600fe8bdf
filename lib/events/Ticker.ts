import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { wire, type Wire } from '../codecs/wire.js'
import { windowFields } from './WindowTicker.js'

const codec = wire('Ticker', '24hrTicker', {
  ...windowFields,
  lastQuantity: ['Q', Decimal],
  previousClose: ['x?', Decimal],
  bidPrice: ['b?', Decimal],
  bidQuantity: ['B?', Decimal],
  askPrice: ['a?', Decimal],
  askQuantity: ['A?', Decimal],
})

/** The last 24 hours of one symbol; Binance adds the previous close and the best bid and ask. */
export interface Ticker extends t.TypeOf<typeof codec> {}
export const Ticker: Wire<Ticker> = codec
