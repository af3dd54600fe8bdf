import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'

const codec = wire('ExternalLock', 'externalLockUpdate', {
  /** When the venue sent the event, ms since 1970 (UTC). `E` */
  eventTime: ['E', Timestamp],
  /** The asset: `USDT`. `a` */
  asset: ['a', Text],
  /** What was locked, in the asset; negative where it was unlocked. `d` */
  delta: ['d', Decimal],
  /** When it was locked or unlocked, ms since 1970 (UTC). `T` */
  transactionTime: ['T', Timestamp],
})

/** Part of a balance was locked or unlocked by another system, as collateral for instance. */
export interface ExternalLock extends t.TypeOf<typeof codec> {}
export const ExternalLock: Wire<ExternalLock> = codec
