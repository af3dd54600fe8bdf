import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Finite } from '../codecs/Finite.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'
import { PredictionEventType, Winner } from './enumerations.js'

const codec = wire('PredictionEvent', undefined, {
  event: ['e', PredictionEventType],
  name: ['m', Text],
  yesSymbol: ['y', Text],
  noSymbol: ['n', Text],
  price: ['p', Decimal],
  time: ['t', Timestamp],
  result: ['r?', Finite],
  winner: ['w?', Winner],
})

/** A prediction market opens, or its price settles. */
export interface PredictionEvent extends t.TypeOf<typeof codec> {}
export const PredictionEvent: Wire<PredictionEvent> = codec
