import { enumeration, type Enumeration } from '../codecs/Enumeration.js'

const known = ['isolated', 'cross'] as const

/** How a position is margined. */
export type MarginType = Enumeration<(typeof known)[number]>
export const MarginType = enumeration('MarginType', known)
