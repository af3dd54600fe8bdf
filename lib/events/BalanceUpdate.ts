import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'

const codec = wire('BalanceUpdate', 'balanceUpdate', {
  /** When the venue sent the event, ms since 1970 (UTC). `E` */
  eventTime: ['E', Timestamp],
  /** The asset: `USDT`. `a` */
  asset: ['a', Text],
  /** What was added, in the asset; negative where it was taken. `d` */
  delta: ['d', Decimal],
  /** When it was booked, ms since 1970 (UTC). `T` */
  clearTime: ['T', Timestamp],
})

/** Something was deposited, withdrawn or transferred. */
export interface BalanceUpdate extends t.TypeOf<typeof codec> {}
export const BalanceUpdate: Wire<BalanceUpdate> = codec
