import { enumeration, type Enumeration } from '../codecs/Enumeration.js'

const known = ['BOTH', 'LONG', 'SHORT'] as const

/** Which position a futures order belongs to. */
export type PositionSide = Enumeration<(typeof known)[number]>
export const PositionSide = enumeration('PositionSide', known)
