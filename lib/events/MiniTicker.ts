import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'

export const miniTickerFields = {
  eventTime: ['E', Timestamp],
  symbol: ['s', Text],
  close: ['c', Decimal],
  open: ['o', Decimal],
  high: ['h', Decimal],
  low: ['l', Decimal],
  /** In the base asset. */
  volume: ['v', Decimal],
  quoteVolume: ['q', Decimal],
} as const
const codec = wire('MiniTicker', '24hrMiniTicker', miniTickerFields)

/** The last 24 hours of one symbol, in short. */
export interface MiniTicker extends t.TypeOf<typeof codec> {}
export const MiniTicker: Wire<MiniTicker> = codec
