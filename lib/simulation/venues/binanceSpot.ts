import { klineExtra, pathSubscriptions, spotErrors, textHmac } from './binanceStyle.js'
import { answerMethod } from './methodRequests.js'
import type { ServerBehaviour, Subscriptions } from './ServerBehaviour.js'

/** As on Aster, and `timeUnit=microsecond` in any case asks for times in microseconds. */
export const unitSubscriptions = (address: string): Subscriptions | undefined => {
  const subscriptions = pathSubscriptions(address)
  const unit = new URLSearchParams(address.split('?')[1]).get('timeUnit')?.toLowerCase()
  return subscriptions && (unit === 'microsecond' ? { ...subscriptions, isMicroseconds: true } : subscriptions)
}

const snapshotTimes = ['eventTime', 'transactionTime']
const extra = { M: true }

/** The servers of Binance's spot market, market data alone. */
export const binanceSpotServer: ServerBehaviour = {
  symbols: ['BTCUSDT'],
  skipsIds: false,
  depthSpeed: 1_000,
  depthLimit: 100,
  ping: { every: 20_000, within: 60_000 },
  subscriptionsOf: unitSubscriptions,
  answer: answerMethod({ takesTextIds: true }),
  omits: {
    trade: ['tradeType'],
    blockTrade: ['tradeType'],
    bookTicker: snapshotTimes,
    bookTickers: snapshotTimes,
    depth: ['transactionTime', 'previousUpdateId'],
    depthSnapshot: snapshotTimes,
  },
  adds: { kline: klineExtra, trade: extra, aggTrade: extra },
  errors: spotErrors,
  hmac: textHmac,
}
