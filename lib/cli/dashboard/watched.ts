import { Observable } from 'rxjs'
import type { PageClient } from './connect.js'
import type { Fact } from './state/health.js'
import type { Lags } from './state/lags.js'

const ignore = () => undefined

const eventTimeOf = (event: unknown): number | undefined =>
  typeof event === 'object' && event !== null && 'eventTime' in event && typeof event.eventTime === 'number'
    ? event.eventTime
    : undefined

/** What a client does, from now on; how long its events were on their way, by the venue's clock, goes into `lags`. */
export const watched = (client: PageClient, lags: Lags): Observable<Fact> =>
  new Observable((subscriber) =>
    client.watch({
      begun: () => subscriber.next({ type: 'frame' }),
      delivered: (_kind, _stream, event, receivedAt) => {
        const eventTime = eventTimeOf(event)
        const offset = client.venueClock.offset()
        if (eventTime !== undefined && offset !== undefined) lags.add(receivedAt + offset - eventTime)
      },
      failed: () => subscriber.next({ type: 'error' }),
      told: (status) => subscriber.next({ type: 'status', status }),
      bookChanged: (symbol, state) => subscriber.next({ type: 'book', symbol, state }),
      ended: () => subscriber.complete(),
      ...{ handled: ignore, repeated: ignore, sent: ignore },
    }),
  )
