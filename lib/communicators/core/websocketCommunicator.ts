import { webHost } from '../websocket/transport/webHost.js'
import { websocketCommunicatorOn } from '../websocket/websocketCommunicatorOn.js'

/**
 * Carries market streams over the host's own WebSocket, as `webSocketTransport` makes sockets of it: in all else it is
 * the `websocketCommunicator` of `aster-rx`.
 *
 * ```
 * wanted$    {}     {a}                                       {a b}                 {}
 * signals         Connecting Connected Acknowledged(a) Frame…  Acknowledged(b) Frame… Closed
 * ```
 *
 * It completes when `wanted$` has completed and nothing is wanted any more; an error of `wanted$` or `rotate$` passes through.
 * Connections that fail are statuses, never errors: it goes on trying until it is unsubscribed, which closes every
 * socket, leaves no timer and is silent at once.
 *
 * ```ts
 * const client = createClient({ venue: asterFutures, communicator: websocketCommunicator(asterFutures) })
 * ```
 *
 * @throws TypeError when the config cannot be meant, or neither it nor the host has a WebSocket.
 */
export const websocketCommunicator = websocketCommunicatorOn(webHost)
