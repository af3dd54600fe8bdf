import { enumeration, type Enumeration } from '../codecs/Enumeration.js'

const known = ['NEW', 'CANCELED', 'REJECTED', 'TRADE', 'EXPIRED', 'CALCULATED', 'REPLACED', 'TRADE_PREVENTION'] as const

/** Why an order was reported. */
export type ExecutionType = Enumeration<(typeof known)[number]>
export const ExecutionType = enumeration('ExecutionType', known)
