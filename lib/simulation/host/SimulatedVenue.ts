import type { Endpoints } from '../../venues/Venue.js'
import type { Controls } from './Controls.js'

/** A venue on this machine. */
export interface SimulatedVenue {
  /** `ws://127.0.0.1:…`, with the path of the venue's own, and `http://127.0.0.1:…`, one port for both. */
  readonly addresses: Endpoints
  readonly controls: Controls
  /** Ends everything: when it resolves, no socket, timer or handle of the venue is open. */
  readonly close: () => Promise<void>
}
