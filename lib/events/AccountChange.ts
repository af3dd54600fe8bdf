import type * as t from 'io-ts'
import { many } from '../codecs/many.js'
import { wire, type Wire } from '../codecs/wire.js'
import { AccountUpdateReason } from './AccountUpdateReason.js'
import { FuturesBalance } from './FuturesBalance.js'
import { Position } from './Position.js'

/** What a change of an account says beside its balances. */
export const changeFields = {
  reason: ['m', AccountUpdateReason],
  positions: ['P?', many(Position)],
} as const

const codec = wire('AccountChange', undefined, { ...changeFields, balances: ['B', many(FuturesBalance)] })

/** The balances and positions that changed, and why. */
export interface AccountChange extends t.TypeOf<typeof codec> {}
export const AccountChange: Wire<AccountChange> = codec
