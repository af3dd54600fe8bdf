import type { IncomingMessage } from 'node:http'
import { Observable, type Subscriber } from 'rxjs'
import type { RawData, WebSocket } from 'ws'
import { isValues } from '../../../codecs/Values.js'
import { causeAt } from '../../../rest/causeOf.js'
import { MAX_PAYLOAD, type Socket, type SocketEvent, type Transport } from './Transport.js'
import type { WebSocketConfig } from './webSocketTransport.js'

/** What reaches `ws`. */
export interface WsConfig extends Pick<WebSocketConfig, 'maxPayload'> {
  /** Whether compression is offered. Default: false. */
  readonly perMessageDeflate?: boolean
  /** Makes the connections: an `http.Agent` of Node, as one for a proxy. Default: Node's own. */
  readonly agent?: AgentOfNode
  /** Added to the request that opens the connection. Default: none. */
  readonly headers?: Readonly<Record<string, string>>
  /** Certificates of your own. The venue's certificate is always checked. Default: Node's authorities. */
  readonly tls?: TlsConfig
}

/** What of Node's `http.Agent` tells it from other objects, so that these types need none of Node's. */
interface AgentOfNode {
  readonly maxSockets: number
  readonly destroy: () => void
}

/** A text or bytes, or several. */
type Pem = string | Uint8Array | (string | Uint8Array)[]

/** As Node's `tls.createSecureContext` takes them. */
interface TlsConfig {
  readonly ca?: Pem
  readonly cert?: Pem
  readonly key?: Pem
  readonly passphrase?: string
  readonly pfx?: Pem
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3'
}

/** The real thing: sockets over `ws`. Redirects are not followed, and PINGs are answered by whoever listens. */
export const wsTransport =
  (config: WsConfig = {}): Transport =>
  (url) => {
    let socket: WebSocket | undefined
    return {
      event$: new Observable((subscriber) => {
        const end = (event: SocketEvent) => {
          subscriber.next(event)
          subscriber.complete()
        }
        // It takes half as long to load as RxJS, so only who connects waits for it.
        import('ws')
          .then((ws) => {
            if (!subscriber.closed) socket = open(ws.WebSocket, url, config, subscriber, end)
          })
          .catch((error: unknown) => end(failure(error, url)))
        return () => {
          if (socket !== undefined) discard(socket)
          socket = undefined
        }
      }),
      send: (message) => {
        if (socket === undefined || socket.readyState !== socket.OPEN) return
        if (message._tag === 'Text') socket.send(message.text)
        else if (message._tag === 'Ping') socket.ping()
        else socket.pong(message.payload) // F08
      },
    } satisfies Socket
  }

type End = (event: SocketEvent) => void

const open = (
  Socket: typeof WebSocket,
  url: string,
  config: WsConfig,
  subscriber: Subscriber<SocketEvent>,
  end: End,
): WebSocket => {
  const { maxPayload = MAX_PAYLOAD, perMessageDeflate = false, agent, headers, tls } = config
  // Node takes any bytes, and any agent; its types are not ours.
  const ofNode: object = { ...tls, ...(agent !== undefined && { agent }) }
  const socket = new Socket(url, {
    ...ofNode,
    rejectUnauthorized: true, // F48
    maxPayload, // F41
    perMessageDeflate,
    ...(headers !== undefined && { headers: { ...headers } }),
    followRedirects: false,
    autoPong: false,
  })
  socket.on('open', () => subscriber.next({ _tag: 'Opened' }))
  socket.on('message', (data, isBinary) => subscriber.next(messageOf(data, isBinary)))
  socket.on('ping', (payload) => subscriber.next({ _tag: 'Ping', payload: Uint8Array.from(payload) }))
  socket.on('pong', () => subscriber.next({ _tag: 'Pong' }))
  socket.on('unexpected-response', (_, response) => end(refusal(response))) // F03
  socket.on('error', (error) => end(failure(error, url))) // F01 F43
  socket.on('close', (code, reason) => end({ _tag: 'Closed', code, reason: reason.toString() })) // F04 F05
  return socket
}

/** Says goodbye where somebody listens, and is gone at once: no timer waits for the answer. */
const discard = (socket: WebSocket) => {
  socket.removeAllListeners()
  // An attempt that is given up still reports that it was.
  socket.on('error', () => undefined)
  if (socket.readyState === socket.OPEN) socket.close(1000)
  socket.terminate() // F02 F46
}

/** `binaryType` is left at its default, so a message is one Buffer. */
const messageOf = (data: RawData, isBinary: boolean): SocketEvent => {
  const bytes = Buffer.isBuffer(data) ? data : Buffer.concat(Array.isArray(data) ? data : [new Uint8Array(data)])
  return isBinary ? { _tag: 'Binary', bytes } : { _tag: 'Text', text: bytes.toString() }
}

const refusal = ({ statusCode = 0, statusMessage = '', headers }: IncomingMessage): SocketEvent => ({
  _tag: 'Refused',
  status: statusCode,
  reason: `HTTP ${statusCode} ${statusMessage}`.trimEnd(),
  ...(headers['retry-after'] !== undefined && { retryAfter: headers['retry-after'] }),
  ...(headers.date !== undefined && { date: headers.date }),
})

/** What `ws` answers to a message that it cannot take. */
const closeCodes: Readonly<Record<string, number>> = {
  WS_ERR_INVALID_UTF8: 1007,
  WS_ERR_TOO_MANY_BUFFERED_PARTS: 1008,
  WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: 1009,
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 1009,
}
const PROTOCOL_ERROR = 1002

const failure = (error: unknown, url: string): SocketEvent => {
  const code = isValues(error) && typeof error['code'] === 'string' ? error['code'] : undefined
  const reason = causeAt(error, url)
  return code?.startsWith('WS_ERR_') === true
    ? { _tag: 'Failed', reason, code: closeCodes[code] ?? PROTOCOL_ERROR }
    : { _tag: 'Failed', reason }
}
