import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'

const codec = wire('BalanceUpdate', 'balanceUpdate', {
  eventTime: ['E', Timestamp],
  asset: ['a', Text],
  delta: ['d', Decimal],
  clearTime: ['T', Timestamp],
})

/** Something was deposited, withdrawn or transferred. */
export interface BalanceUpdate extends t.TypeOf<typeof codec> {}
export const BalanceUpdate: Wire<BalanceUpdate> = codec
