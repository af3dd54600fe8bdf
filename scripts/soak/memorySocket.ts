import { EventEmitter } from 'node:events'
import type { ClientEnd } from './clientEnd.js'
import type { VirtualTime } from './virtualTime.js'

/** How sockets in memory are. */
export interface Ways {
  readonly time: VirtualTime
  /** One way, in ms. */
  readonly latency: number
  readonly random: () => number
}

const OPEN: number = 1
const CLOSING: number = 2
const CLOSED: number = 3

/** What of a text that is on its way is lost when a connection breaks: sometimes everything. */
const LOST = 0.5

/** The venue's end: what `ws` offers of a socket, as far as a connection uses it. */
export const memorySocket = (client: ClientEnd, { time, latency, random }: Ways) => {
  const { scheduler } = time
  const emitter = new EventEmitter()
  let isPaused = false

  const closed = (code: number) => {
    if (socket.readyState === CLOSED) return
    socket.readyState = CLOSED
    emitter.emit('close', code, Buffer.alloc(0))
  }
  const socket = Object.assign(emitter, {
    OPEN,
    readyState: OPEN,
    extensions: '',
    send: (data: unknown) => {
      if (socket.readyState !== OPEN) return
      client.deliver(
        typeof data === 'string'
          ? { _tag: 'Text', text: data }
          : { _tag: 'Binary', bytes: Uint8Array.from(data as Uint8Array) },
      )
    },
    ping: (payload: string) => client.deliver({ _tag: 'Ping', payload: Uint8Array.from(Buffer.from(payload)) }),
    pong: () => client.deliver({ _tag: 'Pong' }),
    pause: () => {
      isPaused = true
    },
    close: (code = 1005, reason = '') => {
      if (socket.readyState !== OPEN) return
      socket.readyState = CLOSING
      client.deliver({ _tag: 'Closed', code, reason })
      scheduler.schedule(() => closed(code), 2 * latency)
    },
    terminate: () => {
      if (random() < LOST) client.lose()
      client.deliver({ _tag: 'Closed', code: 1006, reason: '' })
      closed(1006)
    },
  })
  client.attached = {
    left: () => closed(1006),
    receive: (message) => {
      if (isPaused || socket.readyState === CLOSED) return
      if (message._tag === 'Text') emitter.emit('message', Buffer.from(message.text))
      else if (message._tag === 'Ping') emitter.emit('ping', Buffer.alloc(0))
      else emitter.emit('pong', Buffer.from(message.payload))
    },
  }
  return socket
}
