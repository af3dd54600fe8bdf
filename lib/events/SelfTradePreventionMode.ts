import { enumeration, type Enumeration } from '../codecs/Enumeration.js'

const known = ['NONE', 'EXPIRE_TAKER', 'EXPIRE_MAKER', 'EXPIRE_BOTH', 'DECREMENT', 'TRANSFER'] as const

/** What happens to an order that would trade with one of the same account. */
export type SelfTradePreventionMode = Enumeration<(typeof known)[number]>
export const SelfTradePreventionMode = enumeration('SelfTradePreventionMode', known)
