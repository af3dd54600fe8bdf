import type { BehaviorSubject, Observer } from 'rxjs'
import type { Frame, Source, Status } from '../../../Signal.js'
import type { Venue } from '../../../venues/Venue.js'
import type { ConnectionSettings } from '../websocketConfig.js'
import type { Address } from './address.js'
import type { ConnectionFact } from './ConnectionFact.js'

/** One connection, and who wants to know about it. */
export interface ConnectionPlan {
  readonly venue: Venue
  readonly settings: ConnectionSettings
  readonly source: Source
  readonly address: Address
  /** Stream names in one request. */
  readonly namesPerRequest: number
  /** The streams that it should carry, now and whenever they change. */
  readonly names$: BehaviorSubject<ReadonlySet<string>>
  /** Those of them that are quiet elsewhere: it is asked for no others until it is extended, and tells when they come. */
  readonly quiet?: ReadonlySet<string>
  /** No other connection may carry the same: only then what is quiet is let go for a moment. */
  readonly isAlone: () => boolean
  /** Where its frames go: straight to who listens. */
  readonly frames: Pick<Observer<Frame>, 'next'>
  /** Where its statuses go. */
  readonly statuses: Pick<Observer<Status>, 'next'>
  /** Tells its session. */
  readonly tell: (fact: ConnectionFact) => void
}
