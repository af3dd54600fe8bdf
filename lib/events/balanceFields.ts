import type { AnyCodec } from '../codecs/Codec.js'
import { Text } from '../codecs/Text.js'

/** What a wallet holds of one asset, in a venue's kind of amounts. */
export const balanceFields = <Amount extends AnyCodec>(amount: Amount) =>
  ({
    asset: ['a', Text],
    walletBalance: ['wb', amount],
    crossWalletBalance: ['cw', amount],
    /** Without realised profit and commission. */
    balanceChange: ['bc?', amount],
  }) as const
