import { guarded } from './Codec.js'

/** `true` or `false`. */
export const Flag = guarded<boolean>('boolean', (u): u is boolean => typeof u === 'boolean')
