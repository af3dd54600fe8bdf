import { binanceErrors } from './binanceErrors.js'
import { binanceSpotCalls } from './binanceMarketCalls.js'
import { binanceSpotTrading } from './binanceSpotTrading.js'
import { klineExtra, pathSubscriptions, textHmac } from './binanceStyle.js'
import { answerMethod } from './methodRequests.js'
import type { ApiBehaviour, ServerBehaviour, Subscriptions } from './ServerBehaviour.js'

const API = '/ws-api/v3'

/**
 * As on Aster, and `timeUnit=microsecond` in any case asks for times in microseconds; requests about accounts are taken at
 * a path of their own.
 */
export const unitSubscriptions = (address: string): Subscriptions | undefined => {
  const [path, query] = address.split('?')
  const subscriptions: Subscriptions | undefined =
    path === API ? { streams: new Set(), isCombined: false, isApi: true } : pathSubscriptions(address)
  const unit = new URLSearchParams(query).get('timeUnit')?.toLowerCase()
  return subscriptions && (unit === 'microsecond' ? { ...subscriptions, isMicroseconds: true } : subscriptions)
}

const snapshotTimes = ['eventTime', 'transactionTime']
const extra = { M: true }

const api: ApiBehaviour = {
  calls: {
    exchangeInfo: ['GET', '/api/v3/exchangeInfo'],
    depth: ['GET', '/api/v3/depth'],
    'trades.recent': ['GET', '/api/v3/trades'],
    'trades.historical': ['GET', '/api/v3/historicalTrades'],
    'trades.aggregate': ['GET', '/api/v3/aggTrades'],
    klines: ['GET', '/api/v3/klines'],
    uiKlines: ['GET', '/api/v3/uiKlines'],
    avgPrice: ['GET', '/api/v3/avgPrice'],
    'ticker.24hr': ['GET', '/api/v3/ticker/24hr'],
    ticker: ['GET', '/api/v3/ticker'],
    'ticker.price': ['GET', '/api/v3/ticker/price'],
    'ticker.book': ['GET', '/api/v3/ticker/bookTicker'],
    'order.place': ['POST', '/api/v3/order', true],
    'order.test': ['POST', '/api/v3/order/test', true],
    'order.status': ['GET', '/api/v3/order', true],
    'order.cancelReplace': ['POST', '/api/v3/order/cancelReplace', true],
    'order.cancel': ['DELETE', '/api/v3/order', true],
    'openOrders.status': ['GET', '/api/v3/openOrders', true],
    'openOrders.cancelAll': ['DELETE', '/api/v3/openOrders', true],
    allOrders: ['GET', '/api/v3/allOrders', true],
    'account.status': ['GET', '/api/v3/account', true],
    'account.commission': ['GET', '/api/v3/account/commission', true],
    myTrades: ['GET', '/api/v3/myTrades', true],
  },
}

/** The servers of Binance's spot market; accounts are followed by requests on a WebSocket, without listen keys. */
export const binanceSpotServer: ServerBehaviour = {
  symbols: ['BTCUSDT'],
  skipsIds: false,
  depthSpeed: 1_000,
  depthLimit: 100,
  ping: { every: 20_000, within: 60_000 },
  subscriptionsOf: unitSubscriptions,
  answer: answerMethod({ takesTextIds: true }),
  api,
  omits: {
    trade: ['tradeType'],
    blockTrade: ['tradeType'],
    bookTicker: snapshotTimes,
    bookTickers: snapshotTimes,
    depth: ['transactionTime', 'previousUpdateId'],
    depthSnapshot: snapshotTimes,
  },
  adds: { kline: klineExtra, trade: extra, aggTrade: extra },
  errors: binanceErrors,
  marketCalls: binanceSpotCalls,
  trading: binanceSpotTrading,
  hmac: textHmac,
}
