import { TradeLite } from '../events/TradeLite.js'
import { asterFutures } from './asterFutures.js'
import { binanceStyle } from './binanceStyle.js'
import { linkedIds } from './depthRule.js'
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

const { ACCOUNT_UPDATE, ORDER_TRADE_UPDATE, MARGIN_CALL, ACCOUNT_CONFIG_UPDATE, listenKeyExpired } =
  asterFutures.account

const account = {
  ACCOUNT_UPDATE,
  ORDER_TRADE_UPDATE,
  TRADE_LITE: { kind: 'tradeLite', event: TradeLite },
  MARGIN_CALL,
  ACCOUNT_CONFIG_UPDATE,
  listenKeyExpired,
} as const satisfies AccountTable

/** The third route is the account's. */
const dialect: Dialect = {
  ...binanceStyle.dialect,
  account: (listenKey) => `/private${binanceStyle.dialect.account(listenKey)}`,
}

/** Binance's perpetual and dated futures that are settled in USDT and USDC (USD-M). */
export interface BinanceFutures extends VenueWithBooks<typeof streams, typeof account, 'binanceFutures'> {}
export const binanceFutures: BinanceFutures = {
  ...binanceStyle,
  name: 'binanceFutures',
  endpoints: {
    websocket: 'wss://fstream.binance.com',
    rest: 'https://fapi.binance.com',
    testnet: { websocket: 'wss://stream.binancefuture.com', rest: 'https://testnet.binancefuture.com' },
  },
  limits: {
    messagesPerSecond: 10,
    /** Some documents say 1,024. */
    streamsPerConnection: 200,
    namesPerRequest: 100,
    lifetime: 86_400_000,
    weightPerMinute: 2_400,
  },
  streams,
  account,
  dialect,
  rest: {
    ...binanceStyle.rest,
    versions: {
      v1: {
        signing: 'hmac',
        depth: '/fapi/v1/depth',
        time: '/fapi/v1/time',
        listenKey: { path: '/fapi/v1/listenKey', authentication: 'apiKey', isNamed: false },
      },
    },
    depth: {
      sizes: [5, 10, 20, 50, 100, 500, 1_000],
      weights: [
        { upTo: 50, weight: 2 },
        { upTo: 100, weight: 5 },
        { upTo: 500, weight: 10 },
        { upTo: 1_000, weight: 20 },
      ],
    },
  },
  depthRule: linkedIds,
}
