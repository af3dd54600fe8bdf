import { many } from '../codecs/many.js'
import { AccountConfigUpdate } from '../events/AccountConfigUpdate.js'
import { AccountUpdate } from '../events/AccountUpdate.js'
import { Announcement } from '../events/Announcement.js'
import { LinkedDepthUpdate } from '../events/DepthUpdate.js'
import { ForceOrder } from '../events/ForceOrder.js'
import { ListenKeyExpired } from '../events/ListenKeyExpired.js'
import { MarginCall } from '../events/MarginCall.js'
import { MarkPrice } from '../events/MarkPrice.js'
import { OrderUpdate } from '../events/OrderUpdate.js'
import { asterPaths, asterSpot } from './asterSpot.js'
import { linkedIds } from './depthRule.js'
import type { AccountTable, StreamTable, VenueWithBooks } from './Venue.js'

const streams = {
  ...asterSpot.streams,
  depth: { name: '<symbol>@depth[@<speed:milliseconds>]', event: LinkedDepthUpdate, sequence: 'lastUpdateId' },
  markPrice: { name: '<symbol>@markPrice[@<speed:second>]', event: MarkPrice, sequence: 'eventTime', silence: 30_000 },
  markPrices: {
    name: '!markPrice@arr[@<speed:second>]',
    event: many(MarkPrice),
    sequence: 'eventTime',
    silence: 30_000,
  },
  forceOrder: { name: '<symbol>@forceOrder', event: ForceOrder, silence: Infinity },
  forceOrders: { name: '!forceOrder@arr', event: many(ForceOrder, { one: true }), silence: Infinity },
} as const satisfies StreamTable

const account = {
  ACCOUNT_UPDATE: { kind: 'accountUpdate', event: AccountUpdate },
  ORDER_TRADE_UPDATE: { kind: 'orderUpdate', event: OrderUpdate },
  MARGIN_CALL: { kind: 'marginCall', event: MarginCall },
  ACCOUNT_CONFIG_UPDATE: { kind: 'accountConfigUpdate', event: AccountConfigUpdate },
  listenKeyExpired: { kind: 'listenKeyExpired', event: ListenKeyExpired },
  announcement: { kind: 'announcement', event: Announcement },
} as const satisfies AccountTable

/** Aster's perpetual futures. */
export interface AsterFutures extends VenueWithBooks<typeof streams, typeof account, 'asterFutures'> {}
/** Aster's perpetual futures: their streams, their accounts, and how their servers are asked. */
export const asterFutures: AsterFutures = {
  ...asterSpot,
  name: 'asterFutures',
  endpoints: {
    websocket: 'wss://fstream.asterdex.com',
    rest: 'https://fapi.asterdex.com',
    named: {
      testnet: { websocket: 'wss://fstream.asterdex-testnet.com', rest: 'https://fapi.asterdex-testnet.com' },
      testnet5: { websocket: 'wss://fstream5.asterdex-testnet.com', rest: 'https://fapi.asterdex-testnet.com' },
    },
  },
  limits: {
    messagesPerSecond: 10,
    streamsPerConnection: 200,
    namesPerRequest: 100,
    lifetime: 86_400_000,
    weightPerMinute: 2_400,
  },
  streams,
  account,
  rest: { ...asterSpot.rest, versions: asterPaths('/fapi', false) },
  depthRule: linkedIds,
}
