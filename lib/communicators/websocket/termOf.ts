import type { Venue } from '../../venues/Venue.js'
import type { ConnectionSettings } from './websocketSettings.js'

/** How long a connection may stay: less than its lifetime, and not as long as the others that started with it. */
export const termOf = ({ limits: { lifetime } }: Venue, { rotateBefore, random }: ConnectionSettings): number =>
  Math.max(lifetime / 2, lifetime - rotateBefore * (1 + random()))
