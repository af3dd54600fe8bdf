import type { WebsocketConfig } from '../../lib/communicators/websocket/websocketConfig.js'

/** How fast everything happens, in ms. */
export interface Times {
  readonly websocket: Pick<
    WebsocketConfig,
    | 'connectTimeout'
    | 'acknowledgeTimeout'
    | 'inactivity'
    | 'silence'
    | 'pingEvery'
    | 'lag'
    | 'rotateBefore'
    | 'overlap'
    | 'collect'
    | 'reconnect'
  >
  readonly linger: number
  /** How long an answer of REST may take. */
  readonly patience: number
  /** A listen key is extended so often. */
  readonly extendEvery: number
  /** How long the venue lets a connection live. */
  readonly lifetime: number
  /** The venue's PINGs. */
  readonly ping: { readonly every: number; readonly within: number }
  /** Between two faults, on average. */
  readonly pause: number
  /** The shortest and the longest time that a fault takes. */
  readonly span: { readonly short: number; readonly long: number }
}

/** Faster than in life, so that every time-out and every rotation comes often. */
export const soakTimes: Times = {
  websocket: {
    connectTimeout: 2_000,
    acknowledgeTimeout: 1_500,
    inactivity: 4_000,
    silence: { depth: 3_000, partialDepth: 3_000, trade: 6_000, aggTrade: 6_000, bookTicker: 4_000 },
    pingEvery: 2_000,
    lag: 1_000,
    rotateBefore: 5_000,
    overlap: 800,
    collect: 20,
    reconnect: { delay: 100, maxDelay: 2_000, stableAfter: 8_000 },
  },
  linger: 300,
  patience: 2_000,
  extendEvery: 5_000,
  lifetime: 30_000,
  ping: { every: 3_000, within: 9_000 },
  pause: 1_500,
  span: { short: 50, long: 4_500 },
}
