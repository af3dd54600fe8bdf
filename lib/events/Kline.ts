import type * as t from 'io-ts'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'
import { KlineBar } from './KlineBar.js'

const codec = wire('Kline', 'kline', {
  eventTime: ['E', Timestamp],
  symbol: ['s', Text],
  kline: ['k', KlineBar],
})

/** The state of one kline, sent again while it grows and once more when it closes. */
export interface Kline extends t.TypeOf<typeof codec> {}
export const Kline: Wire<Kline> = codec
