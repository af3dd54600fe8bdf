import { enumeration, type Enumeration } from '../codecs/Enumeration.js'

const known = ['BUY', 'SELL'] as const

/** Which side of the book an order is on. */
export type Side = Enumeration<(typeof known)[number]>
export const Side = enumeration('Side', known)
