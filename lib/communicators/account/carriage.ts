import { listenKeyCalls } from '../../rest/listenKeyCalls.js'
import type { Rest } from '../../rest/Rest.js'
import type { Venue } from '../../venues/Venue.js'
import type { ConnectionSettings } from '../websocket/websocketConfig.js'
import type { AccountCommunicatorConfig } from './AccountCommunicatorConfig.js'
import { byListenKey } from './byListenKey.js'
import { byWebsocketApi } from './byWebsocketApi.js'
import type { Mask } from './mask.js'
import type { AccountCarrier } from './runAccount.js'

/** How the accounts of a venue are carried: where its connections go, and what carries each of them. */
export interface Carriage {
  /** The venue, at the addresses of these connections. */
  readonly venue: Venue
  readonly carrier: (settings: ConnectionSettings, mask: Mask) => AccountCarrier
}

/**
 * What the venue's column says: a listen key, or its WebSocket API. What is missing is said at once.
 *
 * @throws TypeError where the credentials cannot ask for it, or there is no address for it.
 */
export const carriageOf = (venue: Venue, rest: Rest, config: AccountCommunicatorConfig): Carriage => {
  const { websocketApi: api } = venue
  if (api === undefined) {
    const calls = listenKeyCalls(rest)
    // Nothing is asked for by this.
    calls.create()
    return { venue, carrier: (settings) => byListenKey({ venue, settings, calls, keeping: config }) }
  }
  const { signer } = rest
  if (signer === undefined)
    throw new TypeError(
      `accountCommunicator: ${venue.name} takes signed subscriptions, expected credentials with a secret or a private key, or a rest with a signer`,
    )
  const at = atApi(venue, config)
  return {
    venue: at,
    carrier: (settings, mask) => byWebsocketApi({ venue: at, api, settings, rest, signer, keeping: config, mask }),
  }
}

const atApi = (venue: Venue, { endpoint }: AccountCommunicatorConfig): Venue => {
  const { endpoints } = venue
  const { rest, websocketApi: websocket = endpoint, fallback } = endpoints
  if (websocket === undefined)
    throw new TypeError(
      `accountCommunicator: ${venue.name} has no WebSocket API at these endpoints: name one by \`endpoint\``,
    )
  const other = fallback?.websocketApi
  return {
    ...venue,
    endpoints: { websocket, rest, ...(other !== undefined && { fallback: { websocket: other, rest } }) },
  }
}
