import type * as t from 'io-ts'
import type { AnyCodec } from '../codecs/Codec.js'
import { Decimal } from '../codecs/Decimal.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { many } from '../codecs/many.js'
import { wire, type Decoded, type Wire } from '../codecs/wire.js'
import { AccountUpdateReason, MarginType, PositionSide } from './enumerations.js'

/** What a wallet holds of one asset, in a venue's kind of amounts. */
export const balanceFields = <Amount extends AnyCodec>(amount: Amount) =>
  ({
    /** The asset: `USDT`. `a` */
    asset: ['a', Text],
    /** The balance of the wallet, in the asset, without unrealised profit. `wb` */
    walletBalance: ['wb', amount],
    /** The part of it that is not the margin of isolated positions, in the asset. `cw` */
    crossWalletBalance: ['cw', amount],
    /** By how much it changed, in the asset, without realised profit and commission. `bc` */
    balanceChange: ['bc?', amount],
  }) as const

const futuresBalanceCodec = wire('FuturesBalance', undefined, balanceFields(Decimal))

/** What a futures wallet holds of one asset. */
export interface FuturesBalance extends t.TypeOf<typeof futuresBalanceCodec> {}
export const FuturesBalance: Wire<FuturesBalance> = futuresBalanceCodec

const positionCodec = wire('Position', undefined, {
  /** The contract: `BTCUSDT`. `s` */
  symbol: ['s', Text],
  /** The size in the base asset, negative where the position is short. `pa` */
  amount: ['pa', Decimal],
  /** The average price at which it was opened. `ep` */
  entryPrice: ['ep', Decimal],
  /** The profit realised so far, before fees, in the margin asset. `cr` */
  accumulatedRealizedProfit: ['cr', Decimal],
  /** The profit at the present mark price, in the margin asset. `up` */
  unrealizedProfit: ['up', Decimal],
  /** Whether its margin is isolated or shared: `cross`. `mt` */
  marginType: ['mt', MarginType],
  /** Its own margin in the margin asset; 0 where margin is shared. `iw` */
  isolatedWallet: ['iw', Decimal],
  /** Which of the contract's positions it is; `BOTH` where there is one only. `ps` */
  positionSide: ['ps', PositionSide],
  /** The asset of its margin; absent where the venue does not say. `ma` */
  marginAsset: ['ma?', Text],
})

/** A futures position after a change. */
export interface Position extends t.TypeOf<typeof positionCodec> {}
export const Position: Wire<Position> = positionCodec

/** What a change of an account says beside its balances. */
export interface ChangeFields extends Decoded<typeof changeFields> {}
export const changeFields = {
  /** Why balances or positions changed. `m` */
  reason: ['m', AccountUpdateReason],
  /** The positions that changed, as they are now; absent where none did. `P` */
  positions: ['P?', many(Position)],
} as const

const accountChangeCodec = wire('AccountChange', undefined, {
  ...changeFields,
  /** The balances that changed, as they are now. `B` */
  balances: ['B', many(FuturesBalance)],
})

/** The balances and positions that changed, and why. */
export interface AccountChange extends t.TypeOf<typeof accountChangeCodec> {}
export const AccountChange: Wire<AccountChange> = accountChangeCodec

const codec = wire('AccountUpdate', 'ACCOUNT_UPDATE', {
  /** When the venue sent the event, ms since 1970 (UTC). `E` */
  eventTime: ['E', Timestamp],
  /** When the account changed, ms since 1970 (UTC). `T` */
  transactionTime: ['T', Timestamp],
  /** What changed, and why. `a` */
  account: ['a', AccountChange],
})

/** Balances or positions changed. Not guaranteed in order: sort by `eventTime`. */
export interface AccountUpdate extends t.TypeOf<typeof codec> {}
export const AccountUpdate: Wire<AccountUpdate> = codec
