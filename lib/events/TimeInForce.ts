import { enumeration, type Enumeration } from '../codecs/Enumeration.js'

const known = ['GTC', 'IOC', 'FOK', 'GTX', 'HIDDEN'] as const

/** How long an order stays. */
export type TimeInForce = Enumeration<(typeof known)[number]>
export const TimeInForce = enumeration('TimeInForce', known)
