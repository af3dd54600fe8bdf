import type { Venue } from '../../../venues/Venue.js'
import { accountName, refused, type Authenticated } from './Authenticated.js'
import type { Nonces } from './nonces.js'
import type { RestRequest } from './RestExchange.js'
import { signedBy } from './signedBy.js'
import type { VenueAccount } from '../VenueAccount.js'

/** Who signed with this wallet; where no accounts are listed, each wallet is an account of its own. */
export const byWallet = (
  venue: Venue,
  accounts: readonly VenueAccount[],
  nonces: Nonces,
  chainId: number,
  { parameters, text }: RestRequest,
  now: number,
): Authenticated => {
  const signer = (parameters.get('signer') ?? '').toLowerCase()
  if (signedBy(text, chainId) !== signer) return refused(venue, 'signature')
  const place = accounts.findIndex((known) => known.signer?.toLowerCase() === signer)
  if (place < 0 && accounts.length > 0) return refused(venue, 'unknownSigner')
  if (!nonces.accept(signer, Number(parameters.get('nonce')), now)) return refused(venue, 'nonce')
  return { account: accountName(place, `wallet ${signer}`) }
}
