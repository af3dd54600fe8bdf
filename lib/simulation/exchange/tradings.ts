import { asterFuturesTrading } from './asterFuturesTrading.js'
import { asterSpotTrading } from './asterSpotTrading.js'
import { bingxSpotTrading } from './bingxSpotTrading.js'
import { predictionEndpoints } from './endpoints.js'
import type { Trading } from './Trading.js'

/** The venues at which accounts can trade, by name. */
export const tradings: Readonly<Record<string, Trading>> = {
  asterSpot: asterSpotTrading,
  asterPrediction: { ...asterSpotTrading, endpoints: predictionEndpoints },
  asterFutures: asterFuturesTrading,
  bingxSpot: bingxSpotTrading,
}
