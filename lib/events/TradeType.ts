import { enumeration, type Enumeration } from '../codecs/Enumeration.js'

const known = ['MARKET', 'INSURANCE_FUND', 'ADL', 'NA'] as const

/** How a futures trade came about. */
export type TradeType = Enumeration<(typeof known)[number]>
export const TradeType = enumeration('TradeType', known)
