import { guarded } from './Codec.js'
import { scanInteger } from './scan.js'

/** Whole milliseconds since 1970 (UTC). */
export type Timestamp = number
export const Timestamp = guarded<Timestamp>(
  'Timestamp',
  (u): u is number => typeof u === 'number' && Number.isSafeInteger(u) && u >= 0,
  { scan: (text, at) => (text.startsWith('-', at) ? undefined : scanInteger(text, at)) },
)
