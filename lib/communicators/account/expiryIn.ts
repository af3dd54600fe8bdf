import { isValues } from '../../codecs/Values.js'
import type { Venue } from '../../venues/Venue.js'

const EXPIRED = 'listenKeyExpired'

/** A listen key that has expired: which, where it is said. */
export interface Expiry {
  readonly key: string | undefined
}

/** What a frame, raw or wrapped, says of a listen key that has expired; `undefined` for every other frame. */
export const expiryIn = (text: string, { envelope }: Pick<Venue, 'envelope'>): Expiry | undefined => {
  if (!text.includes(EXPIRED)) return undefined
  const value = parsed(text)
  if (!isValues(value)) return undefined
  const payload = [value, value[envelope.data], value[envelope.account ?? envelope.data]]
    .filter(isValues)
    .find(({ e }) => e === EXPIRED)
  if (payload === undefined) return undefined
  const { listenKey } = payload
  return { key: typeof listenKey === 'string' && listenKey !== '' ? listenKey : undefined }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
