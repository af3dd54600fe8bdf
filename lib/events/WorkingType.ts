import { enumeration, type Enumeration } from '../codecs/Enumeration.js'

const known = ['MARK_PRICE', 'CONTRACT_PRICE'] as const

/** Which price triggers a conditional order. */
export type WorkingType = Enumeration<(typeof known)[number]>
export const WorkingType = enumeration('WorkingType', known)
