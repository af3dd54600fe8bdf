import type * as t from 'io-ts'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'
import { AccountChange } from './AccountChange.js'

const codec = wire('AccountUpdate', 'ACCOUNT_UPDATE', {
  eventTime: ['E', Timestamp],
  transactionTime: ['T', Timestamp],
  account: ['a', AccountChange],
})

/** Balances or positions changed. Not guaranteed in order: sort by `eventTime`. */
export interface AccountUpdate extends t.TypeOf<typeof codec> {}
export const AccountUpdate: Wire<AccountUpdate> = codec
