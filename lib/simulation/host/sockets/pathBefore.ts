import type { Venue } from '../../../venues/Venue.js'

/** The path that all WebSocket addresses of a venue begin with; empty where there is none. */
export const pathBefore = ({ endpoints }: Venue): string => new URL(endpoints.websocket).pathname.replace(/\/$/, '')
