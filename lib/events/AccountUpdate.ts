import type * as t from 'io-ts'
import type { AnyCodec } from '../codecs/Codec.js'
import { Decimal } from '../codecs/Decimal.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { many } from '../codecs/many.js'
import { wire, type Wire } from '../codecs/wire.js'
import { AccountUpdateReason, MarginType, PositionSide } from './enumerations.js'

/** What a wallet holds of one asset, in a venue's kind of amounts. */
export const balanceFields = <Amount extends AnyCodec>(amount: Amount) =>
  ({
    asset: ['a', Text],
    walletBalance: ['wb', amount],
    crossWalletBalance: ['cw', amount],
    /** Without realised profit and commission. */
    balanceChange: ['bc?', amount],
  }) as const

const futuresBalanceCodec = wire('FuturesBalance', undefined, balanceFields(Decimal))

/** What a futures wallet holds of one asset. */
export interface FuturesBalance extends t.TypeOf<typeof futuresBalanceCodec> {}
export const FuturesBalance: Wire<FuturesBalance> = futuresBalanceCodec

const positionCodec = wire('Position', undefined, {
  symbol: ['s', Text],
  amount: ['pa', Decimal],
  entryPrice: ['ep', Decimal],
  accumulatedRealizedProfit: ['cr', Decimal],
  unrealizedProfit: ['up', Decimal],
  marginType: ['mt', MarginType],
  isolatedWallet: ['iw', Decimal],
  positionSide: ['ps', PositionSide],
  marginAsset: ['ma?', Text],
})

/** A futures position after a change. */
export interface Position extends t.TypeOf<typeof positionCodec> {}
export const Position: Wire<Position> = positionCodec

/** What a change of an account says beside its balances. */
export const changeFields = {
  reason: ['m', AccountUpdateReason],
  positions: ['P?', many(Position)],
} as const

const accountChangeCodec = wire('AccountChange', undefined, { ...changeFields, balances: ['B', many(FuturesBalance)] })

/** The balances and positions that changed, and why. */
export interface AccountChange extends t.TypeOf<typeof accountChangeCodec> {}
export const AccountChange: Wire<AccountChange> = accountChangeCodec

const codec = wire('AccountUpdate', 'ACCOUNT_UPDATE', {
  eventTime: ['E', Timestamp],
  transactionTime: ['T', Timestamp],
  account: ['a', AccountChange],
})

/** Balances or positions changed. Not guaranteed in order: sort by `eventTime`. */
export interface AccountUpdate extends t.TypeOf<typeof codec> {}
export const AccountUpdate: Wire<AccountUpdate> = codec
