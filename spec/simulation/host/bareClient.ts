import { once } from 'node:events'
import { gunzipSync } from 'node:zlib'
import { WebSocket, type ClientOptions } from 'ws'
import { startVenue, type SimulatedVenue, type VenueConfig } from '../../../lib/simulation/index.js'

/** A client that knows nothing of this library; texts that come as gzip are inflated. */
export const bareClient = async (url: string, options: ClientOptions = {}) => {
  const socket = new WebSocket(url, options)
  const texts: string[] = []
  const pings: string[] = []
  const heard = new Set<() => void>()
  const closed = new Promise<{ readonly code: number; readonly reason: string }>((resolve) =>
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  )
  socket.on('message', (data: Buffer, isBinary) => {
    texts.push((isBinary ? gunzipSync(data) : data).toString('utf8'))
    for (const each of heard) each()
  })
  socket.on('ping', (payload) => pings.push(payload.toString('utf8')))
  socket.on('error', () => undefined)
  await once(socket, 'open')
  /** Resolves when there are so many texts, the first of which it gives. */
  const until = (count: number) =>
    new Promise<readonly string[]>((resolve) => {
      const look = () => {
        if (texts.length < count) return
        heard.delete(look)
        resolve(texts.slice(0, count))
      }
      heard.add(look)
      look()
    })
  return {
    socket,
    texts,
    pings,
    closed,
    until,
    /** Sends a message, and gives the next text that comes. */
    ask: async (message: unknown): Promise<string> => {
      const before = texts.length
      socket.send(typeof message === 'string' ? message : JSON.stringify(message))
      return (await until(before + 1))[before] ?? ''
    },
  }
}

/** Everything that was sent to the other end before this has arrived there and was answered. */
export const roundTrip = async (socket: WebSocket): Promise<void> => {
  socket.ping()
  await once(socket, 'pong')
}

const running = new Set<SimulatedVenue>()

afterEach(async () => {
  for (const venue of running) await venue.close()
  running.clear()
})

/** A venue that is closed after the test. */
export const venueFor = async (config: VenueConfig): Promise<SimulatedVenue> => {
  const venue = await startVenue(config)
  running.add(venue)
  return venue
}
