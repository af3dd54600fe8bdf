import type { EventOf, Kind, Venue } from '../venues/Venue.js'

/** One event with what is known about its way: a union over the venue's kinds, exhaustive in a `switch`. */
export type Message<V extends Venue = Venue> = V extends Venue
  ? {
      readonly [K in Kind<V>]: {
        /** The key of its row: `trade`. */
        readonly kind: K
        /** The stream that carried it: `account` for account events, empty where there was none, as for a REST snapshot. */
        readonly stream: string
        /** What came. */
        readonly event: EventOf<V, K>
        /** Milliseconds since 1970, when the frame arrived. */
        readonly receivedAt: number
      }
    }[Kind<V>]
  : never
