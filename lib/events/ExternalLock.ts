import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'

const codec = wire('ExternalLock', 'externalLockUpdate', {
  eventTime: ['E', Timestamp],
  asset: ['a', Text],
  delta: ['d', Decimal],
  transactionTime: ['T', Timestamp],
})

/** Part of a balance was locked or unlocked by another system, as collateral for instance. */
export interface ExternalLock extends t.TypeOf<typeof codec> {}
export const ExternalLock: Wire<ExternalLock> = codec
