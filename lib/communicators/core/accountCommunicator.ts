import { accountCommunicatorOn } from '../account/accountCommunicatorOn.js'
import { webHost } from '../websocket/transport/webHost.js'

/**
 * Carries the events of one account over the host's own WebSocket, as `webSocketTransport` makes sockets of it: in all
 * else it is the `accountCommunicator` of `aster-rx`.
 *
 * ```
 * listen key  a------------------------------ expires --b--------------------------------------
 * signals      Connecting Connected Frame…    Waiting    Rotating Connecting Connected Frame… Closed Frame…
 * ```
 *
 * Where the credentials are refused, there is a `Rejected` of the stream `account`, and it completes. Connections that
 * fail are statuses, never errors. Unsubscribing cancels the request under way, closes every socket, leaves no timer and
 * is silent at once.
 *
 * ```ts
 * const account = accountCommunicator(asterFutures, { user, privateKey })
 * const communicator = mergeCommunicators(websocketCommunicator(asterFutures), account)
 * const client = createClient({ venue: asterFutures, communicator })
 * ```
 *
 * @throws TypeError when credentials are missing, or do not fit the venue, or the config cannot be meant, or neither it
 * nor the host has a WebSocket.
 */
export const accountCommunicator = accountCommunicatorOn(webHost)
