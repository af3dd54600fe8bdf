import { AccountPosition } from '../events/AccountPosition.js'
import { DepthSnapshot } from '../events/DepthSnapshot.js'
import { DepthUpdate } from '../events/DepthUpdate.js'
import { ExecutionReport } from '../events/ExecutionReport.js'
import { ListenKeyExpired } from '../events/ListenKeyExpired.js'
import { asterStreams } from './asterStreams.js'
import { methodControl } from './control.js'
import { linkedOrContiguousIds } from './depthRule.js'
import { methodDialect } from './dialect.js'
import { methodEnvelope } from './envelope.js'
import { asterSpotRest } from './RestTable.js'
import type { AccountTable, StreamTable, VenueWithBooks } from './Venue.js'

const streams = {
  ...asterStreams,
  depth: { name: '<symbol>@depth[@<speed:milliseconds>]', event: DepthUpdate, sequence: 'lastUpdateId' },
} as const satisfies StreamTable

const account = {
  outboundAccountPosition: { kind: 'accountPosition', event: AccountPosition },
  executionReport: { kind: 'executionReport', event: ExecutionReport },
  listenKeyExpired: { kind: 'listenKeyExpired', event: ListenKeyExpired },
} as const satisfies AccountTable

/** Aster's spot market. */
export interface AsterSpot extends VenueWithBooks<typeof streams, typeof account> {}
export const asterSpot: AsterSpot = {
  name: 'asterSpot',
  endpoints: {
    websocket: 'wss://sstream.asterdex.com',
    rest: 'https://sapi.asterdex.com',
    testnet: { websocket: 'wss://sstream.asterdex-testnet.com', rest: 'https://sapi.asterdex-testnet.com' },
  },
  limits: {
    messagesPerSecond: 5,
    streamsPerConnection: 1_024,
    namesPerRequest: 100,
    lifetime: 86_400_000,
    weightPerMinute: 6_000,
  },
  streams,
  account,
  dialect: methodDialect,
  envelope: methodEnvelope,
  control: methodControl,
  rest: asterSpotRest,
  depthSnapshot: DepthSnapshot,
  depthRule: linkedOrContiguousIds,
  bookStream: '<symbol>@depth@100ms',
}
