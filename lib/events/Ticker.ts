import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Id } from '../codecs/Id.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'

const codec = wire('Ticker', '24hrTicker', {
  eventTime: ['E', Timestamp],
  symbol: ['s', Text],
  close: ['c', Decimal],
  open: ['o', Decimal],
  high: ['h', Decimal],
  low: ['l', Decimal],
  /** In the base asset. */
  volume: ['v', Decimal],
  quoteVolume: ['q', Decimal],
  priceChange: ['p', Decimal],
  priceChangePercent: ['P', Decimal],
  weightedAveragePrice: ['w', Decimal],
  lastQuantity: ['Q', Decimal],
  openTime: ['O', Timestamp],
  closeTime: ['C', Timestamp],
  firstTradeId: ['F', Id],
  lastTradeId: ['L', Id],
  tradeCount: ['n', Id],
  previousClose: ['x?', Decimal],
  bidPrice: ['b?', Decimal],
  bidQuantity: ['B?', Decimal],
  askPrice: ['a?', Decimal],
  askQuantity: ['A?', Decimal],
})

/** The last 24 hours of one symbol; Binance adds the previous close and the best bid and ask. */
export interface Ticker extends t.TypeOf<typeof codec> {}
export const Ticker: Wire<Ticker> = codec
