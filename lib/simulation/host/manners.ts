import { answerMethod } from './sockets/answerMethod.js'
import { answerReqType, reqTypeTooOften } from './sockets/answerReqType.js'
import { bingxBeats } from './sockets/bingxBeats.js'
import { listenKeyOf } from './sockets/listenKeyOf.js'
import type { Manner } from './Manner.js'
import { pathOf } from './sockets/pathOf.js'
import { unitPathOf } from './sockets/unitPathOf.js'

const kline = { k: { B: '0' } }
const bestPrices = ['previousClose', 'bidPrice', 'bidQuantity', 'askPrice', 'askQuantity']
const snapshotTimes = ['eventTime', 'transactionTime']

const byMethod = { addressed: pathOf, symbols: ['BTCUSDT'] } as const

const asterSpot: Manner = {
  ...byMethod,
  ping: { every: 180_000, within: 600_000 },
  answer: answerMethod({ takesTextIds: false }),
  skipsIds: true,
  depthSpeed: 1_000,
  omits: { trade: ['tradeType'], ticker: bestPrices, tickers: bestPrices },
  adds: { kline },
}

/** The manners of the venues that can be simulated, by name. */
export const manners: Readonly<Record<string, Manner>> = {
  asterSpot,
  asterPrediction: { ...asterSpot, symbols: ['BTC_UP_DOWN_5M_1778483280_YUSDT'] },
  asterFutures: {
    ...byMethod,
    ping: { every: 300_000, within: 900_000 },
    answer: answerMethod({ takesTextIds: false }),
    skipsIds: true,
    depthSpeed: 250,
    omits: { ticker: bestPrices, tickers: bestPrices },
    adds: { kline },
  },
  binanceSpot: {
    ...byMethod,
    addressed: unitPathOf,
    ping: { every: 20_000, within: 60_000 },
    answer: answerMethod({ takesTextIds: true }),
    skipsIds: false,
    depthSpeed: 1_000,
    omits: {
      trade: ['tradeType'],
      blockTrade: ['tradeType'],
      bookTicker: snapshotTimes,
      bookTickers: snapshotTimes,
      depth: ['transactionTime', 'previousUpdateId'],
      depthSnapshot: snapshotTimes,
    },
    adds: { kline, trade: { M: true }, aggTrade: { M: true } },
  },
  bingxSpot: {
    ping: { every: 5_000, within: 10_000 },
    beats: bingxBeats,
    addressed: listenKeyOf,
    answer: answerReqType,
    tooOften: reqTypeTooOften,
    wraps: { code: 0 },
    bare: ['ACCOUNT_UPDATE'],
    symbols: ['BTC-USDT'],
    skipsIds: false,
    depthSpeed: 1_000,
    omits: {},
    adds: {},
  },
}
