import { Observable } from 'rxjs'
import { anObject, checked, maybe } from '../../../codecs/checked.js'
import { causeAt } from '../../../rest/causeOf.js'
import { MAX_PAYLOAD, type Socket, type SocketEvent, type Transport } from './Transport.js'

/** What of an event of a WebSocket is used; some hosts say what went wrong, browsers do not. */
export interface WebSocketEvent {
  /** `open`, `message`, `error` or `close`. */
  readonly type: string
  /** Of a message: a text, or an `ArrayBuffer`. */
  readonly data?: unknown
  /** Of a close: its code. */
  readonly code?: number
  /** Of a close: its reason. */
  readonly reason?: string
  /** Of an error, where the host says what it was. */
  readonly error?: unknown
}

/** What of a WebSocket is used: that of browsers and all others like it fit, as those of Node 22, Deno, Bun and `ws`. */
export interface WebSocketLike {
  /** Is set to `arraybuffer`. */
  binaryType: string
  /** 1 while it is open. */
  readonly readyState: number
  /** As of an `EventTarget`. */
  addEventListener(type: string, listener: (event: WebSocketEvent) => void): void
  /** Sends a text message. */
  send(text: string): void
  /** Closes the connection. */
  close(code?: number): void
}

/** How the host's own sockets are used. */
export interface WebSocketConfig {
  /** Makes a socket to an address. Default: the host's own `WebSocket`. */
  readonly WebSocket?: new (url: string) => WebSocketLike
  /** The longest message, in characters or bytes; a longer one ends the connection. Default: 16 Mi. */
  readonly maxPayload?: number
}

const OPEN = 1
const TOO_LONG = 1009
const ABNORMAL = 1006

/**
 * Sockets of the host's own `WebSocket`, in browsers, workers, Node 22, Deno, Bun.
 *
 * Such sockets send no PING and show none, so that the connection is asked in the venue's own words whether it lives;
 * they do not say why an upgrade was refused; and they go when the venue has answered the goodbye.
 *
 * ```ts
 * const communicator = websocketCommunicator(asterFutures, { transport: webSocketTransport() })
 * ```
 *
 * @throws TypeError where neither the config nor the host has a WebSocket.
 */
export const webSocketTransport = checked(
  'webSocketTransport',
  [maybe(anObject('a config'))],
  (config: WebSocketConfig = {}): Transport => {
    // Older hosts have none, whatever their types say.
    const own = globalThis.WebSocket as WebSocketConfig['WebSocket']
    const { WebSocket: Socket = own, maxPayload = MAX_PAYLOAD } = config
    if (Socket === undefined)
      throw new TypeError(
        'webSocketTransport: expected a WebSocket, which this host does not have: give one, or another transport',
      )

    return (url) => {
      let socket: WebSocketLike | undefined
      return {
        hasPings: false,
        event$: new Observable<SocketEvent>((subscriber) => {
          let failure: string | undefined
          const end = (event: SocketEvent) => {
            subscriber.next(event)
            subscriber.complete()
          }
          const onMessage = ({ data }: WebSocketEvent) => {
            const message = messageOf(data)
            const length = message._tag === 'Text' ? message.text.length : message.bytes.length
            if (length <= maxPayload) return subscriber.next(message)
            end({ _tag: 'Failed', reason: `a message of ${length}, which is more than ${maxPayload}`, code: TOO_LONG }) // F41
          }
          const onClose = ({ code = ABNORMAL, reason = '' }: WebSocketEvent) =>
            end(failure === undefined ? { _tag: 'Closed', code, reason } : { _tag: 'Failed', reason: failure, code })

          try {
            socket = new Socket(url)
          } catch (error) {
            return end({ _tag: 'Failed', reason: causeAt(error, url) })
          }
          socket.binaryType = 'arraybuffer'
          socket.addEventListener('open', () => subscriber.next({ _tag: 'Opened' }))
          socket.addEventListener('message', onMessage)
          socket.addEventListener('error', ({ error }) => {
            failure =
              error === undefined || error === null ? 'it failed, and the host does not say why' : causeAt(error, url)
          })
          socket.addEventListener('close', onClose)
          return () => socket?.close(1000)
        }),
        send: (message) => {
          if (socket?.readyState === OPEN && message._tag === 'Text') socket.send(message.text)
        },
      } satisfies Socket
    }
  },
)

/** Bytes come as an `ArrayBuffer`, in some hosts one of another realm. */
const messageOf = (data: unknown): Extract<SocketEvent, { readonly _tag: 'Text' | 'Binary' }> =>
  typeof data === 'string'
    ? { _tag: 'Text', text: data }
    : { _tag: 'Binary', bytes: new Uint8Array(data as ArrayBuffer) }
