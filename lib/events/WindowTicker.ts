import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Id } from '../codecs/Id.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'
import { miniTickerFields } from './MiniTicker.js'
import { Window } from './Window.js'

/** What a ticker says of its window beyond a mini ticker. */
export const windowFields = {
  ...miniTickerFields,
  priceChange: ['p', Decimal],
  priceChangePercent: ['P', Decimal],
  weightedAveragePrice: ['w', Decimal],
  openTime: ['O', Timestamp],
  closeTime: ['C', Timestamp],
  firstTradeId: ['F', Id],
  lastTradeId: ['L', Id],
  tradeCount: ['n', Id],
} as const
const codec = wire('WindowTicker', undefined, { window: ['e', Window], ...windowFields })

/** A rolling window of one symbol. */
export interface WindowTicker extends t.TypeOf<typeof codec> {}
export const WindowTicker: Wire<WindowTicker> = codec
