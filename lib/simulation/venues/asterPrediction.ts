import { asterPredictionCalls } from './asterMarketCalls.js'
import { asterSpotServer, asterSpotV3 } from './asterSpot.js'
import type { ServerBehaviour } from './ServerBehaviour.js'

/** The servers of Aster's prediction markets: those of its spot market, with v3 alone. */
export const asterPredictionServer: ServerBehaviour = {
  ...asterSpotServer,
  symbols: ['BTC_UP_DOWN_5M_1778483280_YUSDT'],
  marketCalls: asterPredictionCalls,
  trading: { ...asterSpotServer.trading, endpoints: asterSpotV3 },
}
