import type { SchedulerLike } from 'rxjs'
import type { Venue } from '../../venues/Venue.js'
import type { ServerBehaviour } from '../venues/ServerBehaviour.js'
import type { VenueFaults } from './faults.js'
import type { LogEntry } from './venueLog.js'

/** What all connections and calls of a venue have in common. */
export interface ServerContext {
  readonly venue: Venue
  readonly behaviour: ServerBehaviour
  readonly scheduler: SchedulerLike
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly log: (entry: LogEntry) => void
  readonly faults: VenueFaults
  /** Whether the venue's tables list this stream. */
  readonly hasStream: (stream: string) => boolean
  /** Is told when a connection asked for streams, or to be without some. */
  readonly changed?: () => void
}
