import type * as t from 'io-ts'
import { LooseDecimal } from '../codecs/LooseDecimal.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { many } from '../codecs/many.js'
import { wire, type Wire } from '../codecs/wire.js'
import { balanceFields, changeFields, type ChangeFields, type FuturesBalance } from './AccountUpdate.js'

const bingxBalanceCodec = wire('BingxBalance', undefined, {
  ...balanceFields(LooseDecimal),
  /** The amount that is locked, in the asset; absent where the venue does not say. `lk` */
  locked: ['lk?', LooseDecimal],
})

/** What a wallet of BingX holds of one asset. */
export interface BingxBalance extends FuturesBalance, t.TypeOf<typeof bingxBalanceCodec> {}
export const BingxBalance: Wire<BingxBalance> = bingxBalanceCodec

const bingxAccountChangeCodec = wire('BingxAccountChange', undefined, {
  ...changeFields,
  /** The balances that changed, as they are now. `B` */
  balances: ['B', many(BingxBalance)],
})

/** The balances of BingX that changed, and why. */
export interface BingxAccountChange extends ChangeFields, t.TypeOf<typeof bingxAccountChangeCodec> {}
export const BingxAccountChange: Wire<BingxAccountChange> = bingxAccountChangeCodec

const codec = wire('BingxAccountUpdate', 'ACCOUNT_UPDATE', {
  /** When the venue sent the event, ms since 1970 (UTC). `E` */
  eventTime: ['E', Timestamp],
  /** When the account changed, ms since 1970 (UTC); absent where the venue does not say. `T` */
  transactionTime: ['T?', Timestamp],
  /** What changed, and why. `a` */
  account: ['a', BingxAccountChange],
})

/** Balances of BingX changed. */
export interface BingxAccountUpdate extends t.TypeOf<typeof codec> {}
export const BingxAccountUpdate: Wire<BingxAccountUpdate> = codec
