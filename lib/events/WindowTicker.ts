import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Id } from '../codecs/Id.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'
import { Window } from './Window.js'

const codec = wire('WindowTicker', undefined, {
  window: ['e', Window],
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
  openTime: ['O', Timestamp],
  closeTime: ['C', Timestamp],
  firstTradeId: ['F', Id],
  lastTradeId: ['L', Id],
  tradeCount: ['n', Id],
})

/** A rolling window of one symbol. */
export interface WindowTicker extends t.TypeOf<typeof codec> {}
export const WindowTicker: Wire<WindowTicker> = codec
