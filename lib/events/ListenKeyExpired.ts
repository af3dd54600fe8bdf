import type * as t from 'io-ts'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'

const codec = wire('ListenKeyExpired', 'listenKeyExpired', {
  /** When the venue sent the event, ms since 1970 (UTC). `E` */
  eventTime: ['E', Timestamp],
  /** `<listenKey>`, in place of the key that expired; absent where the venue does not say it. `listenKey` */
  listenKey: ['listenKey?', Text],
})

/** The listen key is gone: the connection stays open and silent. */
export interface ListenKeyExpired extends t.TypeOf<typeof codec> {}
export const ListenKeyExpired: Wire<ListenKeyExpired> = codec
