import type { Observable, SchedulerLike } from 'rxjs'
import type { Communicator } from '../communicators/Communicator.js'
import type { SyncDepthConfig } from '../operators/SyncDepthConfig.js'
import type { Router } from '../venues/router.js'
import type { Venue } from '../venues/Venue.js'
import type { Dispatcher } from './dispatcher.js'

/** What books are made of. */
export interface BooksConfig {
  readonly venue: Venue
  readonly route: Router
  readonly dispatcher: Dispatcher
  /** The events of a stream, wanted while somebody listens. */
  readonly stream: (name: string) => Observable<unknown>
  /** How snapshots are asked for, where they can be. */
  readonly ask: Communicator['snapshot']
  readonly isReplay: boolean
  readonly linger: number
  readonly scheduler: SchedulerLike
  readonly sync: Partial<SyncDepthConfig>
  /** Emits, now or later, when the client ends. */
  readonly ended$: Observable<unknown>
}
