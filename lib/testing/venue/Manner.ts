/** How a venue's servers behave where no table of the library says it, because only a server has to know. */
export interface Manner {
  /** A PING comes every so many ms; its PONG must come within so many. */
  readonly ping: { readonly every: number; readonly within: number }
  /** Ids of requests may be texts and null, too, and may be left out. */
  readonly takesTextIds: boolean
  /** Update ids of other symbols lie between those of one; else each id follows the one before. */
  readonly skipsIds: boolean
  /** The speed of a depth stream whose name has none, in ms. */
  readonly depthSpeed: number
  /** Fields that an event may have and this venue leaves out, by kind. */
  readonly omits: Readonly<Record<string, readonly string[]>>
  /** Wire keys that the venue sends and nobody reads, by kind. */
  readonly adds: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

const kline = { k: { B: '0' } }
const bestPrices = ['previousClose', 'bidPrice', 'bidQuantity', 'askPrice', 'askQuantity']
const snapshotTimes = ['eventTime', 'transactionTime']

/** The manners of the venues that can be simulated, by name. */
export const manners: Readonly<Record<string, Manner>> = {
  asterSpot: {
    ping: { every: 180_000, within: 600_000 },
    takesTextIds: false,
    skipsIds: true,
    depthSpeed: 1_000,
    omits: { trade: ['tradeType'], ticker: bestPrices, tickers: bestPrices },
    adds: { kline },
  },
  asterFutures: {
    ping: { every: 300_000, within: 900_000 },
    takesTextIds: false,
    skipsIds: true,
    depthSpeed: 250,
    omits: { ticker: bestPrices, tickers: bestPrices },
    adds: { kline },
  },
  binanceSpot: {
    ping: { every: 20_000, within: 60_000 },
    takesTextIds: true,
    skipsIds: false,
    depthSpeed: 1_000,
    omits: {
      trade: ['tradeType'],
      bookTicker: snapshotTimes,
      bookTickers: snapshotTimes,
      depth: ['transactionTime', 'previousUpdateId'],
      depthSnapshot: snapshotTimes,
    },
    adds: { kline, trade: { M: true }, aggTrade: { M: true } },
  },
}
