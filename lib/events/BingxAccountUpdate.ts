import type * as t from 'io-ts'
import { LooseDecimal } from '../codecs/LooseDecimal.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { many } from '../codecs/many.js'
import { wire, type Wire } from '../codecs/wire.js'
import { balanceFields, changeFields } from './AccountUpdate.js'

const bingxBalanceCodec = wire('BingxBalance', undefined, {
  ...balanceFields(LooseDecimal),
  locked: ['lk?', LooseDecimal],
})

/** What a wallet of BingX holds of one asset. */
export interface BingxBalance extends t.TypeOf<typeof bingxBalanceCodec> {}
export const BingxBalance: Wire<BingxBalance> = bingxBalanceCodec

const bingxAccountChangeCodec = wire('BingxAccountChange', undefined, {
  ...changeFields,
  balances: ['B', many(BingxBalance)],
})

/** The balances of BingX that changed, and why. */
export interface BingxAccountChange extends t.TypeOf<typeof bingxAccountChangeCodec> {}
export const BingxAccountChange: Wire<BingxAccountChange> = bingxAccountChangeCodec

const codec = wire('BingxAccountUpdate', 'ACCOUNT_UPDATE', {
  eventTime: ['E', Timestamp],
  transactionTime: ['T?', Timestamp],
  account: ['a', BingxAccountChange],
})

/** Balances of BingX changed. */
export interface BingxAccountUpdate extends t.TypeOf<typeof codec> {}
export const BingxAccountUpdate: Wire<BingxAccountUpdate> = codec
