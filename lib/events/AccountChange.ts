import type * as t from 'io-ts'
import { many } from '../codecs/many.js'
import { wire, type Wire } from '../codecs/wire.js'
import { AccountUpdateReason } from './AccountUpdateReason.js'
import { FuturesBalance } from './FuturesBalance.js'
import { Position } from './Position.js'

const codec = wire('AccountChange', undefined, {
  reason: ['m', AccountUpdateReason],
  balances: ['B', many(FuturesBalance)],
  positions: ['P?', many(Position)],
})

/** The balances and positions that changed, and why. */
export interface AccountChange extends t.TypeOf<typeof codec> {}
export const AccountChange: Wire<AccountChange> = codec
