import { enumeration, type Enumeration } from '../codecs/Enumeration.js'

const known = ['market_start', 'market_twap'] as const

/** What happened to a prediction market. */
export type PredictionEventType = Enumeration<(typeof known)[number]>
export const PredictionEventType = enumeration('PredictionEventType', known)
