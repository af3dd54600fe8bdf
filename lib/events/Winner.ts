import { enumeration, type Enumeration } from '../codecs/Enumeration.js'

const known = ['Y', 'N'] as const

/** Which side of a prediction market won: yes or no. */
export type Winner = Enumeration<(typeof known)[number]>
export const Winner = enumeration('Winner', known)
