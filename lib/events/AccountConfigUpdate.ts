import type * as t from 'io-ts'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'
import { LeverageConfig } from './LeverageConfig.js'
import { AccountConfig } from './AccountConfig.js'

const codec = wire('AccountConfigUpdate', 'ACCOUNT_CONFIG_UPDATE', {
  eventTime: ['E', Timestamp],
  transactionTime: ['T', Timestamp],
  leverage: ['ac?', LeverageConfig],
  account: ['ai?', AccountConfig],
})

/** A setting changed: of one symbol, or of the account. */
export interface AccountConfigUpdate extends t.TypeOf<typeof codec> {}
export const AccountConfigUpdate: Wire<AccountConfigUpdate> = codec
