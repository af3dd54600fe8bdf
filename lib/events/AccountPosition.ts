import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { many } from '../codecs/many.js'
import { wire, type Wire } from '../codecs/wire.js'

const spotBalanceCodec = wire('SpotBalance', undefined, {
  /** The asset: `USDT`. `a` */
  asset: ['a', Text],
  /** The amount that can be used, in the asset. `f` */
  free: ['f', Decimal],
  /** The amount that open orders hold, in the asset. `l` */
  locked: ['l', Decimal],
})

/** What an account holds of one asset. */
export interface SpotBalance extends t.TypeOf<typeof spotBalanceCodec> {}
export const SpotBalance: Wire<SpotBalance> = spotBalanceCodec

const codec = wire('AccountPosition', 'outboundAccountPosition', {
  /** When the venue sent the event, ms since 1970 (UTC). `E` */
  eventTime: ['E', Timestamp],
  /** When the balances changed, ms since 1970 (UTC); Aster only. `T` */
  transactionTime: ['T?', Timestamp],
  /** Why they changed: `ORDER`; Aster only. `m` */
  reason: ['m?', Text],
  /** When the account was last updated, ms since 1970 (UTC). `u` */
  lastUpdateTime: ['u?', Timestamp],
  /** What the account holds now of each asset that may have changed. `B` */
  balances: ['B', many(SpotBalance)],
})

/** The balances that may have changed. */
export interface AccountPosition extends t.TypeOf<typeof codec> {}
export const AccountPosition: Wire<AccountPosition> = codec
