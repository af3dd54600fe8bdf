import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { connection, type Connection } from './connection.js'
import { pathOf, type Asked } from './pathOf.js'
import type { Premises } from './Premises.js'
import type { UpgradeFault } from './SocketFaults.js'

/** The open connections of a server, by their number. */
export type Connections = ReadonlyMap<number, Connection>

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

/** Takes the upgrades of a server. */
export const sockets = (server: Server, premises: Premises): Connections => {
  const open = new Map<number, Connection>()
  // PONGs are sent by the connection, which may be told not to.
  const upgrader = new WebSocketServer({ noServer: true, autoPong: false, perMessageDeflate: false })
  let last = 0

  const opened = (socket: WebSocket, { url = '' }: IncomingMessage, { combined, streams }: Asked) => {
    const id = ++last
    premises.log({ at: premises.now(), connection: id, type: 'opened', url })
    socket.on('close', () => open.delete(id))
    open.set(id, connection(socket, id, { combined, streams: new Set(streams) }, premises))
  }

  server.on('upgrade', (request, socket: Duplex, head) => {
    const fault = premises.faults.upgrades.take()
    const asked = pathOf(request.url ?? '')
    if (fault?._tag === 'ignore') socket.on('end', () => socket.end()).resume()
    else if (fault?._tag === 'refuse') refuse(socket, fault)
    else if (asked === undefined) refuse(socket, { _tag: 'refuse', status: 404 })
    else
      upgrader.handleUpgrade(request, socket, head, (upgraded) => {
        if (fault === undefined) opened(upgraded, request, asked)
        else request.socket.resetAndDestroy()
      })
  })
  return open
}
