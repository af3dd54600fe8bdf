import { AccountConfigUpdate } from '../../events/AccountConfigUpdate.js'
import { AccountUpdate } from '../../events/AccountUpdate.js'
import { ListenKeyExpired } from '../../events/ListenKeyExpired.js'
import { OrderUpdate } from '../../events/OrderUpdate.js'
import { bingxSpot } from '../../venues/bingxSpot.js'
import type { Venue } from '../../venues/Venue.js'

/**
 * BingX's perpetual contracts as a venue to simulate, for other clients to talk to: the library itself knows nothing of
 * them. Its servers are written from the venue's public documents and from what its clients ask.
 *
 * ```ts
 * const { addresses } = await startVenue({ venue: bingxSwap })
 * ```
 */
export const bingxSwap: Venue = {
  name: 'bingxSwap',
  endpoints: { websocket: 'wss://open-api-swap.bingx.com/swap-market', rest: 'https://open-api.bingx.com' },
  limits: bingxSpot.limits,
  streams: {},
  account: {
    ORDER_TRADE_UPDATE: { kind: 'orderUpdate', event: OrderUpdate },
    ACCOUNT_UPDATE: { kind: 'accountUpdate', event: AccountUpdate },
    ACCOUNT_CONFIG_UPDATE: { kind: 'accountConfigUpdate', event: AccountConfigUpdate },
    listenKeyExpired: { kind: 'listenKeyExpired', event: ListenKeyExpired },
  },
  dialect: bingxSpot.dialect,
  envelope: bingxSpot.envelope,
  compression: 'gzip',
  losslessIds: true,
  control: bingxSpot.control,
  rest: { ...bingxSpot.rest },
}
