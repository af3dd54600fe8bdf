import type * as t from 'io-ts'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'

const codec = wire('ServerShutdown', 'serverShutdown', {
  /** When the venue sent the event, ms since 1970 (UTC). `E` */
  eventTime: ['E', Timestamp],
})

/** The venue is about to close the connection: open another one now. */
export interface ServerShutdown extends t.TypeOf<typeof codec> {}
export const ServerShutdown: Wire<ServerShutdown> = codec
