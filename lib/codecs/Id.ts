import { guarded } from './Codec.js'
import { scanInteger } from './scan.js'

const isId = (u: unknown): u is number => Number.isSafeInteger(u)

/** A whole number that a JSON number holds exactly; one beyond 2^53 - 1 would already be corrupt, and is refused. */
export type Id = number
export const Id = guarded<Id>('Id', isId, { scan: scanInteger })

/** An id that may also be a text. */
export const IdOrText = guarded<Id | string>('Id or string', (u): u is Id | string => typeof u === 'string' || isId(u))
