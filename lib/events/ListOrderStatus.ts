import { enumeration, type Enumeration } from '../codecs/Enumeration.js'

const known = ['EXECUTING', 'ALL_DONE', 'REJECT'] as const

/** Where a list of orders stands. */
export type ListOrderStatus = Enumeration<(typeof known)[number]>
export const ListOrderStatus = enumeration('ListOrderStatus', known)
