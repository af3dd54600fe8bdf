import { gzipSync } from 'node:zlib'
import type { WebSocket } from 'ws'
import type { Premises } from './Premises.js'

/** What is kept back: nothing, all but heartbeats, or everything. */
export type Muted = 'nothing' | 'data' | 'all'

/** What the venue says on one connection. */
export interface Voice {
  /** A text, packed as the venue packs it. */
  readonly say: (text: string, stream?: string) => void
  readonly sayBinary: (bytes: Uint8Array) => void
  /** Sends the n-th heartbeat, counted from 0, and gives what answers it. */
  readonly beat: (n: number) => string
  readonly mute: (what: Muted) => void
  /** Not even heartbeats are sent any more. */
  readonly isSilent: () => boolean
}

/** Speaks over an open socket, and keeps a log of it. */
export const voice = (socket: WebSocket, connection: number, { venue, manner, now, log }: Premises): Voice => {
  const { beats } = manner
  let muted: Muted = 'nothing'

  const isOpen = () => socket.readyState === socket.OPEN
  const transmit = (text: string) => socket.send(venue.compression === 'gzip' ? gzipSync(text) : text)
  const ping = (): string => {
    const payload = String(now())
    socket.ping(payload)
    return payload
  }

  return {
    say: (text, stream) => {
      if (muted !== 'nothing' || !isOpen()) return
      log({ at: now(), connection, type: 'sent', ...(stream !== undefined && { stream }), text })
      transmit(text)
    },
    sayBinary: (bytes) => {
      if (muted !== 'nothing' || !isOpen()) return
      log({ at: now(), connection, type: 'sent', text: `<binary, ${bytes.length} bytes>` })
      socket.send(bytes, { binary: true })
    },
    beat: (n) => {
      if (muted === 'all' || !isOpen()) return ''
      log({ at: now(), connection, type: 'ping', from: 'venue' })
      if (beats === undefined) return ping()
      const { text, answer } = beats.beat(n, now())
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
