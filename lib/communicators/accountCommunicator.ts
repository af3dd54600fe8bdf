import { accountCommunicatorOn } from './account/accountCommunicatorOn.js'
import { nodeHost } from './websocket/transport/nodeHost.js'

/**
 * Carries the events of one account: gets a listen key, keeps it alive, and keeps a connection that carries it. A key
 * that has expired or is gone is replaced, and the new connection is open before the old one goes. A connection that was
 * lost and is back with the same key carries the account once the key could be extended, or an event came: it may have
 * died meanwhile.
 *
 * ```
 * listen key  a------------------------------ expires --b--------------------------------------
 * signals      Connecting Connected Frame…    Waiting    Rotating Connecting Connected Frame… Closed Frame…
 * ```
 *
 * Where a venue has a WebSocket API for accounts in place of listen keys, as Binance's spot market, each connection
 * subscribes by a signed request, and a subscription that ended is replaced in the same way.
 *
 * It carries the account whatever streams are wanted. A key that cannot be had is a `Waiting` with its reason, and is
 * asked for again; where the credentials are refused, there is a `Rejected` of the stream `account`, and it completes.
 * Connections that fail are statuses, never errors. Unsubscribing cancels the request under way, closes every socket,
 * leaves no timer and is silent at once; the listen key lives on, unless `close` says otherwise.
 *
 * With `reconcile`, what was missed while the account was not carried is asked for before any later event passes:
 *
 * ```
 * signals     Frame… Disconnected Waiting Connecting Connected Reconciling              Reconciled Frame…
 * reconcile                                                    -- asks for orders … --|
 * ```
 *
 * Everything that it says is without keys and secrets: `<listenKey>` stands in a listen key's place.
 *
 * ```ts
 * const rest = createRest({ venue: asterFutures, signer: eip712Signer({ user, privateKey }) })
 * const reconcile = () => rest.request('GET', '/fapi/v3/openOrders', {}, t.unknown, { authentication: 'signed' })
 * const account = accountCommunicator(asterFutures, { rest }, { reconcile })
 * const communicator = mergeCommunicators(websocketCommunicator(asterFutures), account)
 * const client = createClient({ venue: asterFutures, communicator })
 * client.orderUpdate$.subscribe(({ order }) => console.log(order.status))
 * ```
 *
 * @throws TypeError when credentials are missing, or do not fit the venue, or the config cannot be meant.
 */
export const accountCommunicator = accountCommunicatorOn(nodeHost)
