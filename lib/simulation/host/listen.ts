import { once } from 'node:events'
import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** A server that listens. */
export interface Listening {
  readonly port: number
  /** Destroys all its sockets; resolves when the last one and the server are closed. */
  readonly close: () => Promise<void>
}

/** Lets a server listen on a free port of 127.0.0.1. */
export const listen = async (server: Server): Promise<Listening> => {
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    // What is wrong with a socket closes it, and that is heard.
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
