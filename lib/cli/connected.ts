import { Observable } from 'rxjs'
import type { Client } from '../index.js'
import type { AnyVenue } from './venues.js'

/** Connects a client while somebody listens, and completes with it: what listens to the client subscribes before. */
export const connected = (client: Pick<Client<AnyVenue>, 'signal$' | 'connect'>): Observable<unknown> =>
  new Observable((subscriber) => {
    const hearing = client.signal$.subscribe({
      error: (error: unknown) => subscriber.error(error),
      complete: () => subscriber.complete(),
    })
    hearing.add(client.connect())
    return hearing
  })
