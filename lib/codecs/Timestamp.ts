import { guarded } from './Codec.js'

/** Whole milliseconds since 1970 (UTC). */
export type Timestamp = number
export const Timestamp = guarded<Timestamp>(
  'Timestamp',
  (u): u is number => Number.isSafeInteger(u) && (u as number) >= 0,
)
