import type * as t from 'io-ts'
import { Id } from '../codecs/Id.js'
import { Text } from '../codecs/Text.js'
import { wire, type Wire } from '../codecs/wire.js'

const codec = wire('LeverageConfig', undefined, {
  symbol: ['s', Text],
  leverage: ['l', Id],
})

/** The leverage of a symbol. */
export interface LeverageConfig extends t.TypeOf<typeof codec> {}
export const LeverageConfig: Wire<LeverageConfig> = codec
