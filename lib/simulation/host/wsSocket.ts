import type { Duplex } from 'node:stream'
import type { RawData, WebSocket } from 'ws'
import { brokenFrames, fragment, rawFrame } from './brokenFrames.js'
import type { ServerSocket } from './ServerSocket.js'

const textOf = (data: RawData): string => {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8')
  return (data instanceof ArrayBuffer ? Buffer.from(data) : data).toString('utf8')
}

/** Ends without a close frame, or with one that holds no code: no frame can carry these codes. */
const endings: Readonly<Record<number, (socket: WebSocket) => void>> = {
  1005: (socket) => socket.close(),
  1006: (socket) => socket.terminate(),
}

/** A socket of `ws`; `wire` is the socket below it, where bytes are sent as they are. */
export const wsSocket = (socket: WebSocket, wire: Duplex): ServerSocket => {
  /** Goes on with a message as long as the client takes it. */
  const sendFragments = () => {
    while (!wire.destroyed) if (!wire.write(fragment)) break
    if (!wire.destroyed) wire.once('drain', sendFragments)
  }

  return {
    isOpen: () => socket.readyState === socket.OPEN,
    buffered: () => socket.bufferedAmount,
    full: () =>
      wire.writableNeedDrain && !wire.destroyed
        ? new Promise((resolve) => {
            const go = () => {
              wire.off('drain', go).off('close', go)
              resolve()
            }
            wire.on('drain', go).on('close', go)
          })
        : undefined,
    send: (message) => socket.send(message),
    ping: (payload) => socket.ping(payload),
    pong: (payload) => socket.pong(payload),
    close: (code, reason) => (endings[code] ?? (() => socket.close(code, reason)))(socket),
    pause: () => socket.pause(),
    sendDeflated: (payload) => {
      if (!socket.extensions.includes('permessage-deflate'))
        throw new TypeError('messages are not compressed here: expected a client that offers it, and compression: true')
      wire.write(rawFrame({ opcode: 1, payload: Buffer.from(payload), reserved: 4 }))
    },
    sendBroken: (frame) => {
      wire.write(brokenFrames[frame].bytes)
      if (frame === 'endlessFragments') sendFragments()
    },
    listen: ({ message, ping, pong, closed }) => {
      socket.on('message', (data) => message(textOf(data)))
      socket.on('ping', ping)
      socket.on('pong', (payload) => pong(payload.toString('utf8')))
      // An error closes the socket.
      socket.on('error', () => undefined)
      socket.on('close', closed)
    },
  }
}
