import { STATUS_CODES } from 'node:http'
import type { Transport } from '../../communicators/websocket/transport/Transport.js'
import type { Fetch, FetchAnswer } from '../../rest/fetchText.js'
import { restRequest, type RestAnswer } from '../venues/RestMessage.js'
import { clientEnd, serverEnd, type ClientEnd, type MemoryPath } from './memorySocket.js'
import type { VenueServer } from './venueServer.js'
import type { VirtualTime } from './virtualTime.js'

/** The ways of a client to a venue in this process. */
export interface MemoryHost {
  readonly transport: Transport
  readonly fetch: Fetch
  /** How many sockets clients have open. */
  readonly openSockets: () => number
  /** Requests that are not answered yet fail. */
  readonly close: () => void
}

/** How the ways are. */
export interface MemoryHostConfig {
  readonly time: VirtualTime
  /** One way, in milliseconds, asked for each connection and each request. */
  readonly latency: () => number
  readonly random: () => number
}

/** Path and query of an address: a venue in memory answers at any host. */
const pathOf = (url: string): string => url.replace(/^[a-z]+:\/\/[^/?]*/i, '')

/** Brings clients to a venue without a socket or a port: everything is under way for a while, and arrives in order. */
export const memoryHost = (server: VenueServer, { time, latency, random }: MemoryHostConfig): MemoryHost => {
  let sockets = 0

  const connect = (url: string, client: ClientEnd, path: MemoryPath) => {
    const outcome = server.upgrade(pathOf(url))
    if (outcome._tag === 'ignore') return
    if (outcome._tag === 'refuse') {
      const { status, retryAfter } = outcome
      const reason = `HTTP ${status} ${STATUS_CODES[status] ?? ''}`.trimEnd()
      const header = retryAfter === undefined ? {} : { retryAfter: String(retryAfter) }
      return client.deliver({ _tag: 'Refused', status, reason, ...header })
    }
    client.deliver({ _tag: 'Opened' })
    if (outcome._tag === 'reset') client.deliver({ _tag: 'Closed', code: 1006, reason: '' })
    else outcome.open(serverEnd(client, path))
  }

  const transport: Transport = (url) => {
    const path = { time, latency: latency(), random }
    const client: ClientEnd = clientEnd(path, {
      connect: () => {
        sockets += 1
        time.scheduler.schedule(() => {
          if (!client.hasLeft()) connect(url, client, path)
        }, path.latency)
      },
      left: () => (sockets -= 1),
    })
    return client.socket
  }

  return { ...memoryFetch(server, time, latency), transport, openSockets: () => sockets }
}

type Headers = Readonly<Record<string, string>>

const lowerCase = (headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

const fetchAnswer = ({ status, headers: given = {}, body }: RestAnswer): FetchAnswer => {
  const headers = lowerCase({ 'Content-Type': 'application/json', ...given })
  return { status, headers: { get: (name) => headers[name.toLowerCase()] ?? null }, text: () => Promise.resolve(body) }
}

/** A `fetch` that asks a venue in memory, as far as the library uses it. */
const memoryFetch = (
  server: VenueServer,
  time: VirtualTime,
  latency: () => number,
): Pick<MemoryHost, 'fetch' | 'close'> => {
  const pending = new Set<(error: Error) => void>()

  const fetch: Fetch = (url, { method, headers, body = '', signal }) =>
    new Promise((resolve, reject) => {
      const way = latency()
      const fail = (error: Error) => {
        pending.delete(fail)
        time.awaitPromises()
        reject(error)
      }
      pending.add(fail)
      signal.addEventListener('abort', () => fail(new Error('aborted')))
      const respond = (answer: RestAnswer) =>
        void time.scheduler.schedule(
          () =>
            time.whenRead(() => {
              pending.delete(fail)
              time.awaitPromises()
              resolve(fetchAnswer(answer))
            }),
          way,
        )
      time.scheduler.schedule(() => {
        if (!signal.aborted) server.request(restRequest(method, pathOf(url), body, lowerCase(headers)), respond)
      }, way)
    })

  return {
    fetch,
    close: () => {
      for (const fail of pending) fail(new Error('closed'))
    },
  }
}
