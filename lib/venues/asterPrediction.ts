import { PredictionEvent } from '../events/PredictionEvent.js'
import { asterPaths, asterSpot, asterSpotCalls } from './asterSpot.js'
import type { OrderRules } from './CallTable.js'
import type { StreamTable, VenueWithBooks } from './Venue.js'

const streams = {
  ...asterSpot.streams,
  predictionEvent: {
    name: '<eventName>@event',
    event: PredictionEvent,
    e: ['market_start', 'market_twap'],
    silence: Infinity,
  },
} as const satisfies StreamTable

/** It has no v1. */
const v3 = asterPaths('/api', true).v3

/** Aster's prediction markets: its spot market at other addresses, and the stream of what happens to a market. */
export interface AsterPrediction extends VenueWithBooks<
  typeof streams,
  (typeof asterSpot)['account'],
  'asterPrediction'
> {
  readonly calls: typeof asterSpotCalls
  readonly orders: OrderRules
}
/** Aster's prediction markets: their streams, their accounts, and how their servers are asked. */
export const asterPrediction: AsterPrediction = {
  ...asterSpot,
  name: 'asterPrediction',
  endpoints: {
    websocket: 'wss://pstream.asterdex.com',
    rest: 'https://papi.asterdex.com',
    named: {
      testnet: { websocket: 'wss://pstream.asterdex-testnet.com', rest: 'https://papi.asterdex-testnet.com' },
    },
  },
  streams,
  rest: { ...asterSpot.rest, versions: { v3 } },
  calls: asterSpotCalls,
}
