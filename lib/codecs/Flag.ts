import { guarded } from './Codec.js'
import { scanFlag } from './scan.js'

/** `true` or `false`. */
export const Flag = guarded<boolean>('boolean', (u): u is boolean => typeof u === 'boolean', { scan: scanFlag })
