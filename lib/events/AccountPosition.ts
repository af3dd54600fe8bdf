import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { many } from '../codecs/many.js'
import { wire, type Wire } from '../codecs/wire.js'

const spotBalanceCodec = wire('SpotBalance', undefined, {
  asset: ['a', Text],
  free: ['f', Decimal],
  locked: ['l', Decimal],
})

/** What an account holds of one asset. */
export interface SpotBalance extends t.TypeOf<typeof spotBalanceCodec> {}
export const SpotBalance: Wire<SpotBalance> = spotBalanceCodec

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
