import type * as t from 'io-ts'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { many } from '../codecs/many.js'
import { wire, type Wire } from '../codecs/wire.js'
import { SpotBalance } from './SpotBalance.js'

const codec = wire('AccountPosition', 'outboundAccountPosition', {
  eventTime: ['E', Timestamp],
  transactionTime: ['T?', Timestamp],
  reason: ['m?', Text],
  lastUpdateTime: ['u?', Timestamp],
  balances: ['B', many(SpotBalance)],
})

/** The balances that may have changed. */
export interface AccountPosition extends t.TypeOf<typeof codec> {}
export const AccountPosition: Wire<AccountPosition> = codec
