import { BingxAccountUpdate } from '../events/BingxAccountUpdate.js'
import { BingxExecutionReport } from '../events/BingxExecutionReport.js'
import { ListenKeyExpired } from '../events/ListenKeyExpired.js'
import { bingxControl } from './control.js'
import { bingxDialect } from './dialect.js'
import { bingxEnvelope } from './envelope.js'
import { bingxHeartbeat } from './heartbeat.js'
import { bingxSpotRest } from './RestTable.js'
import type { AccountTable, StreamTable, Venue } from './Venue.js'

const streams = {} as const satisfies StreamTable

const account = {
  executionReport: { kind: 'executionReport', event: BingxExecutionReport, stream: 'spot.executionReport' },
  ACCOUNT_UPDATE: { kind: 'accountUpdate', event: BingxAccountUpdate, stream: 'ACCOUNT_UPDATE' },
  listenKeyExpired: { kind: 'listenKeyExpired', event: ListenKeyExpired },
} as const satisfies AccountTable

/** BingX's spot market: its account streams, which are asked for by name, and no market data. */
export interface BingxSpot extends Venue<typeof streams, typeof account> {}
export const bingxSpot: BingxSpot = {
  name: 'bingxSpot',
  endpoints: {
    websocket: 'wss://open-api-ws.bingx.com/market',
    rest: 'https://open-api.bingx.com',
    fallback: { websocket: 'wss://open-api-ws.bingx.pro/market', rest: 'https://open-api.bingx.pro' },
  },
  limits: {
    messagesPerSecond: 2,
    streamsPerConnection: 200,
    namesPerRequest: 1,
    lifetime: Infinity,
    /** The venue counts calls and knows no weights: a bound of our own, 10 a second. */
    weightPerMinute: 600,
  },
  streams,
  account,
  dialect: bingxDialect,
  envelope: bingxEnvelope,
  compression: 'gzip',
  heartbeat: bingxHeartbeat,
  losslessIds: true,
  control: bingxControl,
  rest: bingxSpotRest,
}
