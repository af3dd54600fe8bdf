import type { Venue } from '../../venues/Venue.js'
import { EXPIRED } from './expiryIn.js'
import { payloadsIn } from './payloadsIn.js'

/** A frame with an account event proves that its listen key lives, unless it says that one has expired. */
export const provesKey = (text: string, venue: Pick<Venue, 'account' | 'envelope'>): boolean =>
  payloadsIn(text, venue).some(({ e }) => typeof e === 'string' && e !== EXPIRED && Object.hasOwn(venue.account, e))
