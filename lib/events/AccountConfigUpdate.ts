import type * as t from 'io-ts'
import { Flag } from '../codecs/Flag.js'
import { Integer } from '../codecs/Integer.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'

const leverageConfigCodec = wire('LeverageConfig', undefined, {
  /** The contract whose leverage changed: `BTCUSDT`. `s` */
  symbol: ['s', Text],
  /** The new leverage: 20 is 20-fold. `l` */
  leverage: ['l', Integer],
})

/** The leverage of a symbol. */
export interface LeverageConfig extends t.TypeOf<typeof leverageConfigCodec> {}
export const LeverageConfig: Wire<LeverageConfig> = leverageConfigCodec

const accountConfigCodec = wire('AccountConfig', undefined, {
  /** Several assets serve as margin. `j` */
  isMultiAssets: ['j', Flag],
  /** Fees are paid at a discount from an asset kept for them; absent where the venue does not say. `f` */
  isFeeDeduction: ['f?', Flag],
  /** Long and short positions of a contract are kept apart; absent where the venue does not say. `d` */
  isDualSide: ['d?', Flag],
})

/** The modes of an account. */
export interface AccountConfig extends t.TypeOf<typeof accountConfigCodec> {}
export const AccountConfig: Wire<AccountConfig> = accountConfigCodec

const codec = wire('AccountConfigUpdate', 'ACCOUNT_CONFIG_UPDATE', {
  /** When the venue sent the event, ms since 1970 (UTC). `E` */
  eventTime: ['E', Timestamp],
  /** When the setting changed, ms since 1970 (UTC). `T` */
  transactionTime: ['T', Timestamp],
  /** The leverage of one contract; absent where a mode of the account changed. `ac` */
  leverage: ['ac?', LeverageConfig],
  /** The modes of the account; absent where a leverage changed. `ai` */
  account: ['ai?', AccountConfig],
})

/** A setting changed: of one symbol, or of the account. */
export interface AccountConfigUpdate extends t.TypeOf<typeof codec> {}
export const AccountConfigUpdate: Wire<AccountConfigUpdate> = codec
