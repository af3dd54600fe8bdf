import { after } from 'node:test'

/** Bitcoin as ccxt knows it, since there is no exchangeInfo to load. */
const market = (exchange, isSwap) =>
  exchange.safeMarketStructure({
    id: 'BTCUSDT',
    lowercaseId: 'btcusdt',
    symbol: isSwap ? 'BTC/USDT:USDT' : 'BTC/USDT',
    ...{ base: 'BTC', quote: 'USDT', baseId: 'BTC', quoteId: 'USDT' },
    ...(isSwap && { settle: 'USDT', settleId: 'USDT', contractSize: 1 }),
    ...{ type: isSwap ? 'swap' : 'spot', spot: !isSwap, swap: isSwap, contract: isSwap, active: true },
    ...{ linear: isSwap ? true : undefined, inverse: isSwap ? false : undefined },
    precision: { price: 0.01, amount: 0.001 },
  })

/** An exchange whose addresses are the venue's. */
export const exchangeOf = async (Exchange, isSwap, place) => {
  const exchange = new Exchange({ newUpdates: true })
  place(exchange.urls.api)
  exchange.setMarkets([market(exchange, isSwap)])
  // It wants this for addresses without TLS.
  await exchange.loadHttpProxyAgent()
  after(() => exchange.close())
  return exchange
}
