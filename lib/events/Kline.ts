import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Flag } from '../codecs/Flag.js'
import { Id } from '../codecs/Id.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'
import { Interval } from './Interval.js'

const klineBarCodec = wire('KlineBar', undefined, {
  openTime: ['t', Timestamp],
  closeTime: ['T', Timestamp],
  symbol: ['s', Text],
  interval: ['i', Interval],
  /** -1 where there was no trade. */
  firstTradeId: ['f', Id],
  /** -1 where there was no trade. */
  lastTradeId: ['L', Id],
  open: ['o', Decimal],
  close: ['c', Decimal],
  high: ['h', Decimal],
  low: ['l', Decimal],
  /** In the base asset. */
  volume: ['v', Decimal],
  tradeCount: ['n', Id],
  isClosed: ['x', Flag],
  quoteVolume: ['q', Decimal],
  /** In the base asset. */
  takerBuyVolume: ['V', Decimal],
  takerBuyQuoteVolume: ['Q', Decimal],
})

/** Open, high, low, close and volumes of one interval. */
export interface KlineBar extends t.TypeOf<typeof klineBarCodec> {}
export const KlineBar: Wire<KlineBar> = klineBarCodec

const codec = wire('Kline', 'kline', {
  eventTime: ['E', Timestamp],
  symbol: ['s', Text],
  kline: ['k', KlineBar],
})

/** The state of one kline, sent again while it grows and once more when it closes. */
export interface Kline extends t.TypeOf<typeof codec> {}
export const Kline: Wire<Kline> = codec
