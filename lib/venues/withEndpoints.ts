import { aText, aVenue, checked } from '../codecs/checked.js'
import type { Venue } from './Venue.js'

/**
 * The same venue at others of its addresses: its test network (`testnet`), its demonstration (`demo`), another region
 * (`us`), as `venue.endpoints.named` lists them. Whatever is made of it, communicators and REST alike, goes there.
 *
 * ```ts
 * const venue = withEndpoints(binanceSpot, 'demo')
 * const client = createClient({ venue, communicator: websocketCommunicator(venue) })
 * ```
 *
 * @throws TypeError for a name that the venue does not list.
 */
export const withEndpoints = checked(
  'withEndpoints',
  [aVenue, aText('the name of endpoints, as testnet')],
  <V extends Venue>(venue: V, name: string): V => {
    const { named = {} } = venue.endpoints
    const chosen = Object.hasOwn(named, name) ? named[name] : undefined
    if (chosen === undefined) {
      const expected = Object.keys(named).join(', ')
      throw new TypeError(
        `${venue.name} has ${expected === '' ? 'no named endpoints' : `the endpoints ${expected}`}, came another name`,
      )
    }
    return { ...venue, endpoints: { ...chosen, named } }
  },
)
