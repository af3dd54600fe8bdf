import type * as t from 'io-ts'
import { Flag } from '../codecs/Flag.js'
import { Id } from '../codecs/Id.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'

const leverageConfigCodec = wire('LeverageConfig', undefined, {
  symbol: ['s', Text],
  leverage: ['l', Id],
})

/** The leverage of a symbol. */
export interface LeverageConfig extends t.TypeOf<typeof leverageConfigCodec> {}
export const LeverageConfig: Wire<LeverageConfig> = leverageConfigCodec

const accountConfigCodec = wire('AccountConfig', undefined, {
  isMultiAssets: ['j', Flag],
  isFeeDeduction: ['f?', Flag],
  isDualSide: ['d?', Flag],
})

/** The modes of an account. */
export interface AccountConfig extends t.TypeOf<typeof accountConfigCodec> {}
export const AccountConfig: Wire<AccountConfig> = accountConfigCodec

const codec = wire('AccountConfigUpdate', 'ACCOUNT_CONFIG_UPDATE', {
  eventTime: ['E', Timestamp],
  transactionTime: ['T', Timestamp],
  leverage: ['ac?', LeverageConfig],
  account: ['ai?', AccountConfig],
})

/** A setting changed: of one symbol, or of the account. */
export interface AccountConfigUpdate extends t.TypeOf<typeof codec> {}
export const AccountConfigUpdate: Wire<AccountConfigUpdate> = codec
