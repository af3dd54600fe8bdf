import { STATUS_CODES, type Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { TLSSocket } from 'node:tls'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Venue } from '../../../venues/Venue.js'
import type { Carried } from './Carried.js'
import { connection, type Connection } from './connection.js'
import { messageRate } from './messageRate.js'
import { pathBefore } from './pathBefore.js'
import type { Premises } from '../Premises.js'
import type { UpgradeFault } from '../faults/SocketFaults.js'

/** The open connections of a server, by their number. */
export type Connections = ReadonlyMap<number, Connection>

const TOO_MANY: UpgradeFault = { _tag: 'refuse', status: 429 }

/** TLS has no reset of its own. */
const reset = (socket: Socket) => (socket instanceof TLSSocket ? socket.destroy() : socket.resetAndDestroy())

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

/** The documented attempts of one address; every client of a venue on this machine has the same one. */
const attempts = ({ limits: { connectionAttempts: limit } }: Venue): ((now: number) => boolean) =>
  limit === undefined ? () => false : messageRate(limit.count, limit.per)

/** How upgrades are taken. */
export interface SocketsConfig {
  /** Messages are compressed for clients that offer it. */
  readonly compression: boolean
}

/** Takes the upgrades of a server. */
export const sockets = (server: Server, premises: Premises, { compression }: SocketsConfig): Connections => {
  const { venue, manner, now, log, faults } = premises
  const open = new Map<number, Connection>()
  const tooOften = attempts(venue)
  const before = pathBefore(venue)
  const upgrader = new WebSocketServer({
    noServer: true,
    // PONGs are sent by the connection, which may be told not to.
    autoPong: false,
    // Each message stands for itself, so that one that goes wrong leaves the next ones alone.
    perMessageDeflate: compression && { serverNoContextTakeover: true, clientNoContextTakeover: true },
  })
  let last = 0

  const opened = (socket: WebSocket, wire: Duplex, url: string, asked: Carried) => {
    const id = ++last
    log({ at: now(), connection: id, type: 'opened', url })
    socket.on('close', () => open.delete(id))
    open.set(id, connection({ socket, wire, id, asked }, premises))
  }

  server.on('upgrade', (request, wire: Duplex, head) => {
    const { url = '' } = request
    const fault = tooOften(now()) ? TOO_MANY : faults.upgrades.take()
    const asked = url.startsWith(before) ? manner.addressed(url.slice(before.length)) : undefined
    if (fault?._tag === 'ignore') wire.on('end', () => wire.end()).resume()
    else if (fault?._tag === 'refuse') refuse(wire, fault)
    else if (asked === undefined) refuse(wire, { _tag: 'refuse', status: 404 })
    else
      upgrader.handleUpgrade(request, wire, head, (upgraded) => {
        if (fault === undefined) opened(upgraded, wire, url, asked)
        else reset(request.socket)
      })
  })
  return open
}
