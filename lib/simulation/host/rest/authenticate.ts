import type { ListenKeyRow, Signing } from '../../../venues/RestTable.js'
import type { Venue } from '../../../venues/Venue.js'
import type { Authenticated } from './Authenticated.js'
import { byApiKey } from './byApiKey.js'
import { byHmac } from './byHmac.js'
import { byWallet } from './byWallet.js'
import type { Nonces } from './nonces.js'
import type { RestRequest } from './RestExchange.js'
import type { VenueAccount } from '../VenueAccount.js'

/** What is asked for, and who may ask. */
export interface AuthenticateConfig {
  readonly venue: Venue
  readonly accounts: readonly VenueAccount[]
  readonly nonces: Nonces
  /** What EIP-712 signatures are made for. */
  readonly chainId: number
}

/** Says who asks, by what the call wants as a proof. */
export const authenticate = (
  { venue, accounts, nonces, chainId }: AuthenticateConfig,
  { authentication }: Pick<ListenKeyRow, 'authentication'>,
  signing: Signing,
  request: RestRequest,
  now: number,
): Authenticated => {
  if (authentication === 'apiKey') return byApiKey(venue, accounts, request)
  return signing === 'hmac'
    ? byHmac(venue, accounts, request, now)
    : byWallet(venue, accounts, nonces, chainId, request, now)
}
