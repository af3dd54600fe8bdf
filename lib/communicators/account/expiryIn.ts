import type { Venue } from '../../venues/Venue.js'
import { payloadsIn } from './payloadsIn.js'

export const EXPIRED = 'listenKeyExpired'

/** A listen key that has expired: which, where it is said. */
export interface Expiry {
  readonly key: string | undefined
}

/** What a frame, raw or wrapped, says of a listen key that has expired; `undefined` for every other frame. */
export const expiryIn = (text: string, venue: Pick<Venue, 'envelope'>): Expiry | undefined => {
  if (!text.includes(EXPIRED)) return undefined
  const payload = payloadsIn(text, venue).find(({ e }) => e === EXPIRED)
  if (payload === undefined) return undefined
  const { listenKey } = payload
  return { key: typeof listenKey === 'string' && listenKey !== '' ? listenKey : undefined }
}
