import { hmacHex } from '../../rest/hmacSigner.js'
import type { Venue } from '../../venues/Venue.js'
import { refused, type Authenticated } from './Authenticated.js'
import { byApiKey } from './byApiKey.js'
import type { RestRequest } from './RestExchange.js'
import type { VenueAccount } from './VenueAccount.js'

const WINDOW = 5_000
const LONGEST_WINDOW = 60_000
/** How far ahead of the venue's a clock may be, in ms. */
const AHEAD = 1_000

/** Who has this API key and signed with its secret, not too long ago. Only accounts that are listed have a secret. */
export const byHmac = (
  venue: Venue,
  accounts: readonly VenueAccount[],
  request: RestRequest,
  now: number,
): Authenticated => {
  const who = byApiKey(venue, accounts, request)
  if ('refused' in who) return who
  const { parameters, text, headers } = request
  const timestamp = Number(parameters.get('timestamp') ?? NaN)
  const window = Math.min(LONGEST_WINDOW, Number(parameters.get('recvWindow') ?? WINDOW))
  if (!(timestamp < now + AHEAD && now - timestamp <= window))
    return refused(-1021, 'Timestamp for this request is outside of the recvWindow.')
  const secret = accounts.find(({ apiKey }) => apiKey === headers[venue.rest.apiKeyHeader.toLowerCase()])?.secret
  const payload = text.replace(/&?signature=[^&]*$/, '')
  return secret !== undefined && parameters.get('signature') === hmacHex(secret, payload)
    ? who
    : refused(-1022, 'Signature for this request is not valid.')
}
