import type { Endpoints, Venue } from '../../venues/Venue.js'
import { pathBefore } from './sockets/pathBefore.js'

/** Where a venue is found on this machine, by the path that its own address has. */
export const addressesOf = (venue: Venue, port: number, isSecure: boolean): Endpoints => {
  const place = `${isSecure ? 's' : ''}://127.0.0.1:${port}`
  return { websocket: `ws${place}${pathBefore(venue)}`, rest: `http${place}` }
}
