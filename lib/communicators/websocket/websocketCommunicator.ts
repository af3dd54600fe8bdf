import { nodeHost } from './transport/nodeHost.js'
import { websocketCommunicatorOn } from './websocketCommunicatorOn.js'

/**
 * Carries market streams over WebSockets: as many connections as the wanted streams need, none while nothing is
 * wanted. Lost connections come back, and old ones are replaced before the venue ends them.
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
 * const communicator = websocketCommunicator(asterFutures, { pingEvery: 15_000 })
 * const client = createClient({ venue: asterFutures, communicator })
 * ```
 *
 * @throws TypeError when the config cannot be meant.
 */
export const websocketCommunicator = websocketCommunicatorOn(nodeHost)
