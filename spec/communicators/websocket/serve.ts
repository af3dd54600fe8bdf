import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type ServerOptions, type WebSocket } from 'ws'

/** What a server does with an upgrade: `true` takes it; otherwise it has been dealt with. */
type OnUpgrade = (request: IncomingMessage, socket: Duplex) => boolean

/** How a server is made. */
export interface ServeConfig {
  readonly onUpgrade?: OnUpgrade
  readonly onSocket?: (socket: WebSocket, request: IncomingMessage) => void
  readonly tls?: { readonly cert: string; readonly key: string }
  readonly ws?: ServerOptions
}

/** A real server on an ephemeral port of this machine. */
export const serve = async ({ onUpgrade = () => true, onSocket, tls, ws = {} }: ServeConfig = {}) => {
  const server: Server = tls === undefined ? createServer() : createSecureServer(tls)
  const sockets = new WebSocketServer({ ...ws, noServer: true })
  const raw = new Set<Duplex>()
  let upgrades = 0
  server.on(tls === undefined ? 'connection' : 'secureConnection', (socket: Duplex) => {
    raw.add(socket)
    socket.on('error', () => undefined)
    socket.on('end', () => socket.end())
    socket.on('close', () => raw.delete(socket))
  })
  server.on('upgrade', (request, socket, head) => {
    upgrades += 1
    if (onUpgrade(request, socket))
      sockets.handleUpgrade(request, socket, head, (opened) => {
        opened.on('error', () => undefined)
        onSocket?.(opened, request)
      })
    else socket.resume()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    server,
    url: `${tls === undefined ? 'ws' : 'wss'}://127.0.0.1:${port}`,
    upgrades: () => upgrades,
    /** Sockets that are not closed yet. */
    count: () => raw.size,
    /** When the last of them is closed. */
    empty: async () => {
      await Promise.all([...raw].map((socket) => new Promise((resolve) => socket.once('close', resolve))))
    },
    close: async () => {
      for (const socket of raw) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Runs with a server, and closes it whatever happens. */
export const served = async (
  config: ServeConfig,
  work: (server: Awaited<ReturnType<typeof serve>>) => Promise<void>,
): Promise<void> => {
  const server = await serve(config)
  try {
    await work(server)
  } finally {
    await server.close()
  }
}
