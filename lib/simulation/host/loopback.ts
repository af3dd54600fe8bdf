import { createServer, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { Endpoints } from '../../venues/Venue.js'
import { addressesOf } from './addressesOf.js'
import { listen } from './listen.js'
import type { Premises } from './Premises.js'
import { sockets, type Connections } from './sockets/sockets.js'
import type { VenueConfig } from './VenueConfig.js'

/** Where the clients of a venue come in. */
export interface Host {
  /** Says `request` for each call of REST. */
  readonly server: Server
  readonly connections: Connections
  /** Lets clients in. */
  readonly open: () => Promise<{ readonly addresses: Endpoints; readonly close: () => Promise<void> }>
}

/** One free port of 127.0.0.1 for both REST and WebSocket. */
export const loopback = (config: VenueConfig, premises: Premises): Host => {
  const { venue, tls, compression = false } = config
  const server: Server = tls === undefined ? createServer() : createSecureServer(tls)
  return {
    server,
    connections: sockets(server, premises, { compression }),
    open: async () => {
      const { port, close } = await listen(server)
      return { addresses: addressesOf(venue, port, tls !== undefined), close }
    },
  }
}
