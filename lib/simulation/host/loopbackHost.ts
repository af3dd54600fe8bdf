import { once } from 'node:events'
import { createServer, STATUS_CODES, type IncomingMessage, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { TLSSocket } from 'node:tls'
import { WebSocketServer } from 'ws'
import type { Endpoints } from '../../venues/Venue.js'
import { restRequest, type RestRequest } from '../venues/RestMessage.js'
import { apiPath, endpointPath } from './connections.js'
import { crossOriginHeaders, preflightHeaders } from './crossOrigin.js'
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

const LOOPBACK = '127.0.0.1'
/** No request of a client is longer, in bytes. */
const LONGEST = 2 ** 20

/** Where a venue listens, and how. */
export interface ListenConfig extends Pick<VenueConfig, 'venue' | 'tls' | 'port' | 'compression'> {
  /** Who is told to name another port. */
  readonly who: string
  /** The address of this machine. Default: 127.0.0.1. */
  readonly host?: string
}

/** Brings clients to a venue by one port, a free one unless it is named, for both REST and WebSocket. */
export const loopbackHost = async (
  venue: Pick<VenueServer, 'request' | 'upgrade'>,
  config: ListenConfig,
): Promise<ListeningVenue> => {
  const { tls, host = LOOPBACK } = config
  const server: Server = tls === undefined ? createServer() : createSecureServer(tls)
  takeRequests(server, venue)
  takeUpgrades(server, venue, config)
  const { port, close } = await listen(server, config)
  const place = `${tls === undefined ? '' : 's'}://${host.includes(':') ? `[${host}]` : host}:${port}`
  const api = apiPath(config.venue)
  const addresses: Endpoints = {
    websocket: `ws${place}${endpointPath(config.venue)}`,
    rest: `http${place}`,
    ...(api !== undefined && { websocketApi: `ws${place}${api}` }),
  }
  return { addresses, close }
}

const takeRequests = (server: Server, { request }: Pick<VenueServer, 'request'>) => {
  server.on('request', (message, response) => {
    if (message.method === 'OPTIONS') {
      response.writeHead(204, preflightHeaders(message.headers)).end()
      return
    }
    const shared = crossOriginHeaders(message.headers)
    read(message).then(
      (read) =>
        request(read, ({ status, body, headers }) => {
          response.writeHead(status, { 'Content-Type': 'application/json', ...shared, ...headers })
          response.end(body)
        }),
      // The client went away before it had sent everything, or sent too much.
      () => response.destroy(),
    )
  })
}

const read = async (message: IncomingMessage): Promise<RestRequest> => {
  let body = ''
  message.setEncoding('utf8')
  for await (const part of message) {
    body += String(part)
    if (body.length > LONGEST) throw new RangeError('the body is too long')
  }
  return restRequest(message.method ?? '', message.url ?? '', body, message.headers)
}

const takeUpgrades = (
  server: Server,
  { upgrade }: Pick<VenueServer, 'upgrade'>,
  { compression = false }: Pick<ListenConfig, 'compression'>,
) => {
  const upgrader = new WebSocketServer({
    noServer: true,
    maxPayload: LONGEST,
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

/** Says which port it was, and what to do. */
const untaken = (who: string, place: string) => (cause: unknown) => {
  const reason = cause instanceof Error ? cause.message : String(cause)
  const advice = 'name another one, or none for one that is free'
  throw new Error(`${who}: expected a free \`port\`, came ${place}, '${reason}': ${advice}`, { cause })
}

/** Lets a server listen on a port, 0 for one that is free. */
const listen = async (
  server: Server,
  { who, port: wanted = 0, host = LOOPBACK }: ListenConfig,
): Promise<{ readonly port: number; readonly close: () => Promise<void> }> => {
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    // An error closes the socket, and that is heard.
    socket.on('error', () => undefined)
    socket.on('close', () => open.delete(socket))
  })
  if (!(Number.isInteger(wanted) && wanted >= 0 && wanted < 65_536))
    throw new TypeError(`${who}: expected \`port\` from 0 to 65535, came ${wanted}: leave it out for a free one`)
  server.listen(wanted, host)
  await once(server, 'listening').catch(untaken(who, host === LOOPBACK ? String(wanted) : `${wanted} of ${host}`))
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
