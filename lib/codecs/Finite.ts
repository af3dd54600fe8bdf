import { guarded } from './Codec.js'

/** A JSON number, for the few values that venues send as such. */
export const Finite = guarded<number>('number', (u): u is number => Number.isFinite(u))
