import type { Venue } from '../../lib/venues/Venue.js'

/** Whether accounts are carried by listen keys. */
export const hasListenKeys = ({ rest }: Venue): boolean =>
  Object.values(rest.versions).some(({ listenKey }) => listenKey !== undefined)
