import { asterFutures } from '../../lib/venues/asterFutures.ts'
import { asterSpot } from '../../lib/venues/asterSpot.ts'
import { binanceFutures } from '../../lib/venues/binanceFutures.ts'
import { binanceSpot } from '../../lib/venues/binanceSpot.ts'
import { bingxSwap } from '../../lib/simulation/index.ts'
import { bingxSpot } from '../../lib/venues/bingxSpot.ts'
import {
  accounts,
  asterApi,
  binanceFuturesApi,
  binanceSpotApi,
  bingxApi,
  credentials,
  exchangeOf,
  wallet,
} from './exchangeOf.mjs'
import { served } from './served.mjs'

/** The exchanges of ccxt, each with the simulated venue of one of its markets, and that market's symbol. */

const binance = async () => {
  const [spot, futures] = await Promise.all([
    served({ venue: binanceSpot, accounts }),
    served({ venue: binanceFutures, accounts }),
  ])
  const [one, other] = [binanceSpotApi(spot.addresses), binanceFuturesApi(futures.addresses)]
  const api = { ...one, ...other, ws: { ...one.ws, ...other.ws } }
  const types = ['spot', 'linear']
  const exchange = await exchangeOf('binance', api, { ...credentials, options: { fetchMarkets: { types } } })
  return { exchange, spot, futures }
}

const aster = async () => {
  const [spot, futures] = await Promise.all([
    served({ venue: asterSpot, accounts }),
    served({ venue: asterFutures, accounts }),
  ])
  const exchange = await exchangeOf('aster', asterApi(spot.addresses, futures.addresses), wallet)
  return { exchange, spot, futures }
}

const bingx = async (type) => {
  const [spot, swap] = await Promise.all([
    served({ venue: bingxSpot, accounts }),
    served({ venue: bingxSwap, accounts }),
  ])
  const venue = { spot, swap }[type]
  const api = bingxApi(spot.addresses, swap.addresses, venue.addresses)
  return { exchange: await exchangeOf('bingx', api, credentials), ...venue }
}

const [SPOT, SWAP] = ['BTC/USDT', 'BTC/USDT:USDT']

export const markets = [
  {
    name: 'binance',
    type: 'spot',
    id: 'BTCUSDT',
    open: async () => {
      const { exchange, spot } = await binance()
      return { exchange, symbol: SPOT, ...spot }
    },
  },
  {
    name: 'binance',
    type: 'swap',
    id: 'BTCUSDT',
    open: async () => {
      const { exchange, futures } = await binance()
      return { exchange, symbol: SWAP, ...futures }
    },
  },
  {
    name: 'binanceusdm',
    type: 'swap',
    id: 'BTCUSDT',
    open: async () => {
      const venue = await served({ venue: binanceFutures, accounts })
      // Coins are asked for at the spot market.
      const { sapi } = binanceSpotApi((await served({ venue: binanceSpot, accounts })).addresses)
      const api = { ...binanceFuturesApi(venue.addresses), sapi }
      const exchange = await exchangeOf('binanceusdm', api, credentials)
      return { exchange, symbol: SWAP, ...venue }
    },
  },
  {
    name: 'aster',
    type: 'spot',
    id: 'BTCUSDT',
    open: async () => {
      const { exchange, spot } = await aster()
      return { exchange, symbol: SPOT, ...spot }
    },
  },
  {
    name: 'aster',
    type: 'swap',
    id: 'BTCUSDT',
    open: async () => {
      const { exchange, futures } = await aster()
      return { exchange, symbol: SWAP, ...futures }
    },
  },
  {
    name: 'bingx',
    type: 'spot',
    id: 'BTC-USDT',
    open: async () => {
      return { symbol: SPOT, ...(await bingx('spot')) }
    },
  },
  {
    name: 'bingx',
    type: 'swap',
    id: 'BTC-USDT',
    open: async () => {
      return { symbol: SWAP, ...(await bingx('swap')) }
    },
  },
]
