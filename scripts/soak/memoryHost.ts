import { EventEmitter } from 'node:events'
import type { Server } from 'node:http'
import { PassThrough } from 'node:stream'
import type { WebSocket } from 'ws'
import type { Transport } from '../../lib/communicators/websocket/transport/Transport.js'
import type { Fetch } from '../../lib/rest/fetchText.js'
import { connection, type Connection } from '../../lib/simulation/host/sockets/connection.js'
import type { Host } from '../../lib/simulation/host/loopback.js'
import { messageRate } from '../../lib/simulation/host/sockets/messageRate.js'
import type { Premises } from '../../lib/simulation/host/Premises.js'
import type { UpgradeFault } from '../../lib/simulation/host/faults/SocketFaults.js'
import type { VenueConfig } from '../../lib/simulation/host/VenueConfig.js'
import { memoryFetch } from './memoryFetch.js'
import { clientEnd, type ClientEnd } from './clientEnd.js'
import { memorySocket } from './memorySocket.js'
import type { VirtualTime } from './virtualTime.js'

/** A venue's place in this process, and the ways to it. */
export interface MemoryHost {
  readonly host: (config: VenueConfig, premises: Premises) => Host
  readonly transport: Transport
  readonly fetch: Fetch
  /** Sockets that a client has open. */
  readonly openSockets: () => number
}

const addresses = { websocket: 'ws://memory', rest: 'http://memory' }

type Ending = Extract<UpgradeFault, { _tag: 'refuse' }>

/**
 * No socket, no port: everything is on its way for `latency` ms, and in order; on some connections up to `spread` times
 * as long.
 */
export const memoryHost = (time: VirtualTime, latency: number, random: () => number, spread = 1): MemoryHost => {
  // All that the venue does with its server is to listen for requests.
  const emitter: unknown = new EventEmitter()
  const server = emitter as Server
  const open = new Map<number, Connection>()
  let last = 0
  let sockets = 0
  let take: (url: string, client: ClientEnd, way: number) => void = () => undefined

  const refuse = (client: ClientEnd, { status, retryAfter }: Ending) =>
    client.deliver({
      _tag: 'Refused',
      status,
      reason: `HTTP ${status}`,
      ...(retryAfter !== undefined && { retryAfter: String(retryAfter) }),
    })

  const host = (_: VenueConfig, premises: Premises): Host => {
    const { venue, manner, now, log, faults } = premises
    const { connectionAttempts: limit } = venue.limits
    const tooOften = limit === undefined ? () => false : messageRate(limit.count, limit.per)
    take = (url, client, way) => {
      const fault: UpgradeFault | undefined = tooOften(now()) ? { _tag: 'refuse', status: 429 } : faults.upgrades.take()
      const asked = manner.addressed(url)
      if (fault?._tag === 'ignore') return
      if (fault?._tag === 'refuse') return refuse(client, fault)
      if (asked === undefined) return refuse(client, { _tag: 'refuse', status: 404 })
      client.deliver({ _tag: 'Opened' })
      if (fault?._tag === 'reset') return client.deliver({ _tag: 'Failed', reason: 'read ECONNRESET' })
      const id = ++last
      log({ at: now(), connection: id, type: 'opened', url })
      const socket = memorySocket(client, { time, latency: way, random })
      socket.on('close', () => open.delete(id))
      // It has all that a connection uses of a socket, and nothing is written below it.
      const asSocket = socket as unknown as WebSocket
      open.set(id, connection({ socket: asSocket, wire: new PassThrough(), id, asked }, premises))
    }
    return { server, connections: open, open: () => Promise.resolve({ addresses, close: () => Promise.resolve() }) }
  }

  return {
    host,
    openSockets: () => sockets,
    fetch: memoryFetch(server, addresses.rest, { time, latency }),
    transport: (url) => {
      const way = spread === 1 ? latency : Math.round(latency * (1 + random() * (spread - 1)))
      const client: ClientEnd = clientEnd(time, way, {
        connect: () => {
          sockets += 1
          time.scheduler.schedule(() => {
            if (!client.isLeft()) take(url.slice(addresses.websocket.length), client, way)
          }, way)
        },
        left: () => (sockets -= 1),
      })
      return client.socket
    },
  }
}
