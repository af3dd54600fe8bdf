import type { BrokenFrame } from './brokenFrames.js'

/** A client's connection as the venue has it, over a network or in memory. */
export interface ServerSocket {
  readonly isOpen: () => boolean
  /** How many bytes wait, because the client does not read them. */
  readonly buffered: () => number
  /** Resolves when the client has read enough that more can be sent, or is gone; `undefined` where that is so now. */
  readonly full: () => Promise<void> | undefined
  readonly send: (message: string | Uint8Array) => void
  readonly ping: (payload: string) => void
  readonly pong: (payload: Uint8Array) => void
  /** 1005 closes without a code, and 1006 ends the connection without a close frame. */
  readonly close: (code: number, reason: string) => void
  /** Nothing is read any more. */
  readonly pause: () => void
  /** Sends a text by its compressed bytes (permessage-deflate). @throws TypeError where messages are not compressed. */
  readonly sendDeflated: (payload: Uint8Array) => void
  readonly sendBroken: (frame: BrokenFrame) => void
  /** Calls these from now on; once for each socket. */
  readonly listen: (listener: SocketListener) => void
}

/** What happens on a connection. */
export interface SocketListener {
  readonly message: (text: string) => void
  readonly ping: (payload: Uint8Array) => void
  readonly pong: (payload: string) => void
  readonly closed: (code: number) => void
}
