import { once } from 'node:events'
import { createServer, STATUS_CODES, type IncomingMessage, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { TLSSocket } from 'node:tls'
import { WebSocketServer } from 'ws'
import type { Endpoints } from '../../venues/Venue.js'
import { restRequest, type RestRequest } from '../venues/RestMessage.js'
import { endpointPath } from './connections.js'
import type { UpgradeFault } from './faults.js'
import type { VenueConfig } from './VenueConfig.js'
import type { VenueServer } from './venueServer.js'
import { wsSocket } from './wsSocket.js'

/** A venue that listens. */
export interface ListeningVenue {
  readonly addresses: Endpoints
  /** Destroys all its sockets; resolves when the last one and the server are closed. */
  readonly close: () => Promise<void>
}

/** Brings clients to a venue by one free port of 127.0.0.1 for both REST and WebSocket. */
export const loopbackHost = async (venue: VenueServer, config: VenueConfig): Promise<ListeningVenue> => {
  const { tls } = config
  const server: Server = tls === undefined ? createServer() : createSecureServer(tls)
  takeRequests(server, venue)
  takeUpgrades(server, venue, config)
  const { port, close } = await listen(server)
  const place = `${tls === undefined ? '' : 's'}://127.0.0.1:${port}`
  return { addresses: { websocket: `ws${place}${endpointPath(config.venue)}`, rest: `http${place}` }, close }
}

const takeRequests = (server: Server, { request }: VenueServer) => {
  server.on('request', (message, response) => {
    read(message).then(
      (read) =>
        request(read, ({ status, body, headers }) => {
          response.writeHead(status, { 'Content-Type': 'application/json', ...headers })
          response.end(body)
        }),
      // The client went away before it had sent everything.
      () => response.destroy(),
    )
  })
}

const read = async (message: IncomingMessage): Promise<RestRequest> => {
  let body = ''
  message.setEncoding('utf8')
  for await (const part of message) body += String(part)
  return restRequest(message.method ?? '', message.url ?? '', body, message.headers)
}

const takeUpgrades = (server: Server, { upgrade }: VenueServer, { compression = false }: VenueConfig) => {
  const upgrader = new WebSocketServer({
    noServer: true,
    // The connection sends the PONGs, unless a fault is planned.
    autoPong: false,
    // Each message stands for itself, so that one that goes wrong leaves the next ones alone.
    perMessageDeflate: compression && { serverNoContextTakeover: true, clientNoContextTakeover: true },
  })
  server.on('upgrade', (request, wire: Duplex, head) => {
    const outcome = upgrade(request.url ?? '')
    if (outcome._tag === 'ignore') wire.on('end', () => wire.end()).resume()
    else if (outcome._tag === 'refuse') refuse(wire, outcome)
    else
      upgrader.handleUpgrade(request, wire, head, (socket) => {
        if (outcome._tag === 'accept') outcome.open(wsSocket(socket, wire))
        else reset(request.socket)
      })
  })
}

const refuse = (socket: Duplex, { status, retryAfter, body = '' }: Extract<UpgradeFault, { _tag: 'refuse' }>) => {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    'Content-Type: text/html',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(retryAfter === undefined ? [] : [`Retry-After: ${retryAfter}`]),
  ]
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`)
}

/** TLS has no reset of its own. */
const reset = (socket: Socket) => (socket instanceof TLSSocket ? socket.destroy() : socket.resetAndDestroy())

/** Lets a server listen on a free port of 127.0.0.1. */
const listen = async (server: Server): Promise<{ readonly port: number; readonly close: () => Promise<void> }> => {
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    // An error closes the socket, and that is heard.
    socket.on('error', () => undefined)
    socket.on('close', () => open.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}
