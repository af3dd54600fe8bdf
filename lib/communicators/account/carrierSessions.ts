import { BehaviorSubject, Observable } from 'rxjs'
import type { Signal } from '../../Signal.js'
import type { Venue } from '../../venues/Venue.js'
import { createAttempts } from '../websocket/session/attempts.js'
import { runSession } from '../websocket/session/runSession.js'
import type { ConnectionSettings } from '../websocket/websocketConfig.js'
import type { CarrierSession } from './runAccount.js'

/** Makes the sessions of an account, each with a key; what they ask for is asked of each of their connections. */
export const carrierSessions = (
  venue: Venue,
  settings: ConnectionSettings,
  streams: ReadonlySet<string>,
): ((key: string) => CarrierSession) => {
  const attempts = createAttempts(venue.limits.connectionAttempts)
  let sources = 0
  return (key) => {
    const names$ = new BehaviorSubject(streams)
    const signal$ = new Observable<Signal>((subscriber) =>
      runSession({
        ...{ venue, settings, names$, attempts, frames: subscriber },
        address: (endpoint) => ({ url: endpoint + venue.dialect.account(key), carried: [] }),
        nextSource: () => ({ id: `${settings.name}-${(sources += 1)}` }),
      }).subscribe(subscriber),
    )
    return { signal$, end: () => names$.complete() }
  }
}
