import { BinanceFuturesOrder } from '../calls/AsterFuturesOrder.js'
import { BinanceFuturesNewOrder } from '../calls/FuturesNewOrder.js'
import { BinanceNewTerms, OrderName } from '../calls/OrderName.js'
import { many } from '../codecs/many.js'
import { TradeLite } from '../events/TradeLite.js'
import { asterFutures } from './asterFutures.js'
import { binanceStyle } from './binanceStyle.js'
import type { OrderCallTable, OrderRules } from './CallTable.js'
import type { Dialect } from './Dialect.js'
import type { AccountTable, StreamTable, VenueWithBooks } from './Venue.js'

const aster = asterFutures.streams
/** What follows the order book. */
const onPublic = { routes: ['/public'] } as const
/** Everything else. */
const onMarket = { routes: ['/market'] } as const

const streams = {
  aggTrade: { ...aster.aggTrade, ...onMarket },
  // Users have seen it on the one, and the documents have it on the other.
  trade: { ...aster.trade, routes: ['/public', '/market'] },
  kline: { ...aster.kline, ...onMarket },
  miniTicker: { ...aster.miniTicker, ...onMarket },
  miniTickers: { ...aster.miniTickers, ...onMarket },
  ticker: { ...aster.ticker, ...onMarket },
  tickers: { ...aster.tickers, ...onMarket },
  bookTicker: { ...aster.bookTicker, ...onPublic },
  bookTickers: { ...aster.bookTickers, ...onPublic },
  partialDepth: { ...aster.partialDepth, ...onPublic },
  depth: { ...aster.depth, ...onPublic },
  markPrice: { ...aster.markPrice, ...onMarket },
  markPrices: { ...aster.markPrices, ...onMarket },
  forceOrder: { ...aster.forceOrder, ...onMarket },
  forceOrders: { ...aster.forceOrders, ...onMarket },
} as const satisfies StreamTable

const account = {
  ACCOUNT_UPDATE: asterFutures.account.ACCOUNT_UPDATE,
  ORDER_TRADE_UPDATE: asterFutures.account.ORDER_TRADE_UPDATE,
  TRADE_LITE: { kind: 'tradeLite', event: TradeLite },
  MARGIN_CALL: asterFutures.account.MARGIN_CALL,
  ACCOUNT_CONFIG_UPDATE: asterFutures.account.ACCOUNT_CONFIG_UPDATE,
  listenKeyExpired: asterFutures.account.listenKeyExpired,
} as const satisfies AccountTable

/** The third route is the account's. */
const dialect: Dialect = {
  ...binanceStyle.dialect,
  account: (listenKey) => `/private${binanceStyle.dialect.account(listenKey)}`,
}

const calls = {
  place: { method: 'POST', path: 'order', parameters: BinanceFuturesNewOrder, answer: BinanceFuturesOrder, weight: 1 },
  cancel: { method: 'DELETE', path: 'order', parameters: OrderName, answer: BinanceFuturesOrder, weight: 1 },
  replace: { method: 'PUT', path: 'order', parameters: BinanceNewTerms, answer: BinanceFuturesOrder, weight: 1 },
  order: { method: 'GET', path: 'order', parameters: OrderName, answer: BinanceFuturesOrder, weight: 1 },
  openOrders: { ...asterFutures.calls.openOrders, answer: many(BinanceFuturesOrder) },
  cancelAll: asterFutures.calls.cancelAll,
  userTrades: asterFutures.calls.userTrades,
  forcedOrders: { ...asterFutures.calls.forcedOrders, answer: many(BinanceFuturesOrder) },
  positions: { ...asterFutures.calls.positions, path: '/fapi/v2/positionRisk' },
  positionMode: asterFutures.calls.positionMode,
  marginChanges: asterFutures.calls.marginChanges,
} as const satisfies OrderCallTable

/**
 * Binance's perpetual and dated futures that are settled in USDT and USDC (USD-M): Aster's streams, limits and depth rule
 * at three routes. Some documents allow 1,024 streams on a connection, and the least is kept.
 */
export interface BinanceFutures extends VenueWithBooks<typeof streams, typeof account, 'binanceFutures'> {
  readonly calls: typeof calls
  readonly orders: OrderRules
}
/** Binance's USD-M futures: their streams, their accounts, and how their servers are asked. */
export const binanceFutures: BinanceFutures = {
  ...asterFutures,
  name: 'binanceFutures',
  endpoints: {
    websocket: 'wss://fstream.binance.com',
    rest: 'https://fapi.binance.com',
    named: {
      testnet: { websocket: 'wss://stream.binancefuture.com', rest: 'https://testnet.binancefuture.com' },
      demo: { websocket: 'wss://fstream.binancefuture.com', rest: 'https://demo-fapi.binance.com' },
    },
  },
  streams,
  account,
  dialect,
  rest: {
    ...asterFutures.rest,
    versions: {
      v1: {
        signing: ['hmac', 'ed25519'],
        base: '/fapi/v1',
        depth: '/fapi/v1/depth',
        time: '/fapi/v1/time',
        listenKey: { path: '/fapi/v1/listenKey', authentication: 'apiKey', isNamed: false },
        aggTrades: { path: '/fapi/v1/aggTrades', weight: 20, most: 1_000 },
        historicalTrades: { path: '/fapi/v1/historicalTrades', weight: 20, most: 500, isKeyed: true },
      },
    },
  },
  calls,
}
