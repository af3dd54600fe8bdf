import type * as t from 'io-ts'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'

const codec = wire('StreamTerminated', 'eventStreamTerminated', {
  /** When the venue sent the event, ms since 1970 (UTC). `E` */
  eventTime: ['E', Timestamp],
})

/** The account stream ended: no more events come on this subscription. */
export interface StreamTerminated extends t.TypeOf<typeof codec> {}
export const StreamTerminated: Wire<StreamTerminated> = codec
