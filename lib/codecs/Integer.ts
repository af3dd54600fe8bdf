import { guarded } from './Codec.js'
import { scanInteger } from './scan.js'

/** A whole number that counts or runs on, as far as a JSON number holds it exactly: within ±(2^53 - 1). */
export const Integer = guarded<number>('Integer', (u): u is number => Number.isSafeInteger(u), { scan: scanInteger })
