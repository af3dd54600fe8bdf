import { guarded } from '../codecs/Codec.js'

/** `[taker, maker]`, each an address or `'hidden'`. */
export type Addresses = readonly [taker: string, maker: string]
export const Addresses = guarded<Addresses>(
  '[taker, maker]',
  (u): u is Addresses => Array.isArray(u) && u.length === 2 && typeof u[0] === 'string' && typeof u[1] === 'string',
)
