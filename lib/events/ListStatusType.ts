import { enumeration, type Enumeration } from '../codecs/Enumeration.js'

const known = ['RESPONSE', 'EXEC_STARTED', 'UPDATED', 'ALL_DONE'] as const

/** Why a list of orders was reported. */
export type ListStatusType = Enumeration<(typeof known)[number]>
export const ListStatusType = enumeration('ListStatusType', known)
