import type { Venue } from '../../../venues/Venue.js'
import { accountName, refused, type Authenticated } from './Authenticated.js'
import type { RestRequest } from './RestExchange.js'
import type { VenueAccount } from '../VenueAccount.js'

/** Who has this API key; where no accounts are listed, each key is an account of its own. */
export const byApiKey = (venue: Venue, accounts: readonly VenueAccount[], { headers }: RestRequest): Authenticated => {
  const apiKey = headers[venue.rest.apiKeyHeader.toLowerCase()]
  if (typeof apiKey !== 'string' || apiKey === '') return refused(venue, 'noKey')
  const place = accounts.findIndex((known) => known.apiKey === apiKey)
  if (place < 0 && accounts.length > 0) return refused(venue, 'unknownKey')
  return { account: accountName(place, `key ${apiKey}`) }
}
