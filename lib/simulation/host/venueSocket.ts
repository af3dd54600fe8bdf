import { gzipSync } from 'node:zlib'
import type { ServerContext } from './ServerContext.js'
import type { ServerSocket } from './ServerSocket.js'

/** What is kept back: nothing, everything but heartbeats, or everything. */
export type Muted = 'nothing' | 'data' | 'all'

/** What a venue sends on one connection, with a log of it. */
export interface VenueSocket {
  /** A text, compressed as the venue does it. */
  readonly send: (text: string, stream?: string) => void
  readonly sendBinary: (bytes: Uint8Array) => void
  /** Sends the n-th heartbeat, counted from 0, and gives what answers it. */
  readonly heartbeat: (n: number) => string
  readonly mute: (what: Muted) => void
  /** Not even heartbeats are sent any more. */
  readonly isSilent: () => boolean
}

export const venueSocket = (
  socket: ServerSocket,
  connection: number,
  { venue, behaviour, now, log }: ServerContext,
): VenueSocket => {
  let muted: Muted = 'nothing'

  const transmit = (text: string) => socket.send(venue.compression === 'gzip' ? gzipSync(text) : text)
  const ping = (): string => {
    const payload = String(now())
    socket.ping(payload)
    return payload
  }

  return {
    send: (text, stream) => {
      if (muted !== 'nothing' || !socket.isOpen()) return
      log({ at: now(), connection, type: 'sent', ...(stream !== undefined && { stream }), text })
      transmit(text)
    },
    sendBinary: (bytes) => {
      if (muted !== 'nothing' || !socket.isOpen()) return
      log({ at: now(), connection, type: 'sent', text: `<binary, ${bytes.length} bytes>` })
      socket.send(bytes)
    },
    heartbeat: (n) => {
      if (muted === 'all' || !socket.isOpen()) return ''
      log({ at: now(), connection, type: 'ping', from: 'venue' })
      if (behaviour.textHeartbeat === undefined) return ping()
      const { text, answer } = behaviour.textHeartbeat.heartbeat(n, new Date(now()).toISOString())
      transmit(text)
      return answer
    },
    mute: (what) => {
      muted = what
      if (what === 'all') socket.pause()
    },
    isSilent: () => muted === 'all',
  }
}
