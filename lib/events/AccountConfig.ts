import type * as t from 'io-ts'
import { Flag } from '../codecs/Flag.js'
import { wire, type Wire } from '../codecs/wire.js'

const codec = wire('AccountConfig', undefined, {
  isMultiAssets: ['j', Flag],
  isFeeDeduction: ['f?', Flag],
  isDualSide: ['d?', Flag],
})

/** The modes of an account. */
export interface AccountConfig extends t.TypeOf<typeof codec> {}
export const AccountConfig: Wire<AccountConfig> = codec
