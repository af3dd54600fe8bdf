import type { SchedulerLike } from 'rxjs'
import type { Venue } from '../../venues/Venue.js'
import type { LogEntry } from './LogEntry.js'
import type { Manner } from './Manner.js'
import type { SocketFaults } from './faults/SocketFaults.js'

/** What all connections of a venue have in common. */
export interface Premises {
  readonly venue: Venue
  readonly manner: Manner
  readonly scheduler: SchedulerLike
  /** Ms since 1970. */
  readonly now: () => number
  readonly log: (entry: LogEntry) => void
  readonly faults: SocketFaults
  /** Whether the venue's tables list this stream. */
  readonly knows: (stream: string) => boolean
}
