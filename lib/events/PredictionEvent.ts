import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Finite } from '../codecs/Finite.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'
import { PredictionEventType, Winner } from './enumerations.js'

const codec = wire('PredictionEvent', undefined, {
  /** What happened: the market opens, or its price settles. `e` */
  event: ['e', PredictionEventType],
  /** The name of the market. `m` */
  name: ['m', Text],
  /** The symbol of those who say yes. `y` */
  yesSymbol: ['y', Text],
  /** The symbol of those who say no. `n` */
  noSymbol: ['n', Text],
  /** The price of the underlying, in the quote asset. `p` */
  price: ['p', Decimal],
  /** When it happened, ms since 1970 (UTC). `t` */
  time: ['t', Timestamp],
  /** The venue's number for the result; absent while there is none. `r` */
  result: ['r?', Finite],
  /** Who won; absent while nobody has. `w` */
  winner: ['w?', Winner],
})

/** A prediction market opens, or its price settles. */
export interface PredictionEvent extends t.TypeOf<typeof codec> {}
export const PredictionEvent: Wire<PredictionEvent> = codec
