import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Text } from '../codecs/Text.js'
import { wire, type Wire } from '../codecs/wire.js'

const codec = wire('FuturesBalance', undefined, {
  asset: ['a', Text],
  walletBalance: ['wb', Decimal],
  crossWalletBalance: ['cw', Decimal],
  /** Without realised profit and commission. */
  balanceChange: ['bc?', Decimal],
})

/** What a futures wallet holds of one asset. */
export interface FuturesBalance extends t.TypeOf<typeof codec> {}
export const FuturesBalance: Wire<FuturesBalance> = codec
