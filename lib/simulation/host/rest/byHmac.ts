import { hmacHex } from '../../../rest/hmacSigner.js'
import type { HmacScheme } from '../../../venues/RestTable.js'
import type { Venue } from '../../../venues/Venue.js'
import { refused, type Authenticated } from './Authenticated.js'
import { byApiKey } from './byApiKey.js'
import type { RestRequest } from './RestExchange.js'
import type { VenueAccount } from '../VenueAccount.js'

const WINDOW = 5_000
/** How far ahead of the venue's a clock may be, in ms. */
const AHEAD = 1_000

interface Scheme {
  /** The longest `recvWindow`, in ms. */
  readonly longest: number
  /** What has to be signed. */
  readonly payload: (request: Pick<RestRequest, 'text' | 'parameters'>) => string
}

const schemes: Readonly<Record<HmacScheme, Scheme>> = {
  /** Query and body as they were sent, without anything between them; the signature comes last. */
  aster: { longest: 60_000, payload: ({ text }) => text.replace(/&?signature=[^&]*$/, '') },
  /** All parameters by their names, as they were before they were encoded. */
  bingx: {
    longest: 5_000,
    payload: ({ parameters }) =>
      [...parameters]
        .filter(([name]) => name !== 'signature')
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => `${name}=${value}`)
        .join('&'),
  },
}

/** Who has this API key and signed with its secret, not too long ago. Only accounts that are listed have a secret. */
export const byHmac = (
  venue: Venue,
  accounts: readonly VenueAccount[],
  request: RestRequest,
  now: number,
): Authenticated => {
  const who = byApiKey(venue, accounts, request)
  if ('refused' in who) return who
  const { parameters, headers } = request
  const { longest, payload } = schemes[venue.rest.hmac]
  const timestamp = Number(parameters.get('timestamp') ?? NaN)
  const window = Math.min(longest, Number(parameters.get('recvWindow') ?? WINDOW))
  if (!(timestamp < now + AHEAD && now - timestamp <= window)) return refused(venue, 'clock')
  const secret = accounts.find(({ apiKey }) => apiKey === headers[venue.rest.apiKeyHeader.toLowerCase()])?.secret
  return secret !== undefined && parameters.get('signature') === hmacHex(secret, payload(request))
    ? who
    : refused(venue, 'signature')
}
