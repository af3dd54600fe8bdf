import { Observable, Subscription, type Subscriber } from 'rxjs'
import type { Outgoing, Socket, SocketEvent } from '../../communicators/websocket/transport/Transport.js'
import { brokenFrames } from './brokenFrames.js'
import type { ServerSocket, SocketListener } from './ServerSocket.js'
import type { VirtualTime } from './virtualTime.js'

/** How messages travel between two ends in memory. */
export interface MemoryPath {
  readonly time: VirtualTime
  /** One way, in milliseconds. */
  readonly latency: number
  /** A source of chance, 0 up to but not including 1: whether what is under way is lost when a connection breaks. */
  readonly random: () => number
}

/** The client's end of a connection in memory. */
export interface ClientEnd {
  readonly socket: Socket
  /** The event arrives `latency` later, unless the client has left or it was lost. */
  readonly deliver: (event: SocketEvent) => void
  /** What is under way to the client never arrives. */
  readonly lose: () => void
  readonly hasLeft: () => boolean
  /** From now on the venue's end hears what the client sends, and that it has left. */
  readonly attach: (end: { readonly receive: (message: Outgoing) => void; readonly left: () => void }) => void
}

/** Called when the client comes and goes. */
export interface ClientVisit {
  readonly connect: () => void
  readonly left: () => void
}

const isEnd = ({ _tag }: SocketEvent) => _tag === 'Closed' || _tag === 'Failed' || _tag === 'Refused'

export const clientEnd = ({ time, latency }: MemoryPath, { connect, left }: ClientVisit): ClientEnd => {
  let subscriber: Subscriber<SocketEvent> | undefined
  let hasLeft = false
  let underWay = new Subscription()
  let other: Parameters<ClientEnd['attach']>[0] | undefined
  const later = (work: () => void) => time.scheduler.schedule(work, latency)

  return {
    hasLeft: () => hasLeft,
    attach: (end) => {
      other = end
    },
    deliver: (event) => {
      const way = underWay
      const arrive = () => {
        if (way.closed) return
        subscriber?.next(event)
        if (isEnd(event)) subscriber?.complete()
      }
      later(() => time.whenRead(arrive))
    },
    lose: () => {
      underWay.unsubscribe()
      underWay = new Subscription()
    },
    socket: {
      event$: new Observable((listener) => {
        subscriber = listener
        connect()
        return () => {
          hasLeft = true
          subscriber = undefined
          underWay.unsubscribe()
          left()
          later(() => other?.left())
        }
      }),
      send: (message) => {
        if (!hasLeft) later(() => other?.receive(message))
      },
    },
  }
}

/** How often what is under way is lost when a connection breaks. */
const LOST = 0.5

const NORMAL = 1000
const ABNORMAL = 1006

/** The venue's end of a connection in memory. */
export const serverEnd = (client: ClientEnd, { time, latency, random }: MemoryPath): ServerSocket => {
  let state: 'open' | 'closing' | 'closed' = 'open'
  let isPaused = false
  let listener: SocketListener | undefined

  const closed = (code: number) => {
    if (state === 'closed') return
    state = 'closed'
    listener?.closed(code)
  }
  /** The client hears of the end, and the venue of the client's answer. */
  const end = (event: SocketEvent, code: number) => {
    if (state !== 'open') return
    state = 'closing'
    client.deliver(event)
    time.scheduler.schedule(() => closed(code), 2 * latency)
  }
  const broken = () => {
    if (random() < LOST) client.lose()
    client.deliver({ _tag: 'Closed', code: ABNORMAL, reason: '' })
    closed(ABNORMAL)
  }
  client.attach({
    left: () => closed(NORMAL),
    receive: (message) => {
      if (isPaused || state === 'closed') return
      if (message._tag === 'Text') listener?.message(message.text)
      else if (message._tag === 'Ping') listener?.ping(new Uint8Array())
      else listener?.pong(Buffer.from(message.payload).toString())
    },
  })

  return {
    isOpen: () => state === 'open',
    buffered: () => 0,
    full: () => undefined,
    send: (message) => {
      if (state !== 'open') return
      client.deliver(
        typeof message === 'string'
          ? { _tag: 'Text', text: message }
          : { _tag: 'Binary', bytes: Uint8Array.from(message) },
      )
    },
    ping: (payload) => client.deliver({ _tag: 'Ping', payload: Uint8Array.from(Buffer.from(payload)) }),
    pong: () => client.deliver({ _tag: 'Pong' }),
    pause: () => {
      isPaused = true
    },
    close: (code, reason) => {
      if (code === ABNORMAL) broken()
      else end({ _tag: 'Closed', code, reason: code === 1005 ? '' : reason }, code)
    },
    sendDeflated: () => {
      throw new TypeError(
        'messages are not compressed in memory: expected a venue over sockets, with compression: true',
      )
    },
    // A client closes with the code that the protocol has for it.
    sendBroken: (frame) => {
      const { code, error } = brokenFrames[frame]
      end({ _tag: 'Failed', reason: error, code }, code)
    },
    listen: (given) => {
      listener = given
    },
  }
}
