import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Text } from '../codecs/Text.js'
import { wire, type Wire } from '../codecs/wire.js'

const codec = wire('SpotBalance', undefined, {
  asset: ['a', Text],
  free: ['f', Decimal],
  locked: ['l', Decimal],
})

/** What an account holds of one asset. */
export interface SpotBalance extends t.TypeOf<typeof codec> {}
export const SpotBalance: Wire<SpotBalance> = codec
