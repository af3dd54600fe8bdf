// Not bundled: it asks as it runs for packages that may be there.
const [{ default: Spot }, { default: Futures }] = await Promise.all(
  ['binance', 'binanceusdm'].map((name) => import(`${CCXT_FOLDER}/js/src/pro/${name}.js`)),
)

const LIMIT = 1_000

/** Bitcoin as it knows it, since there is no exchangeInfo to load. */
const market = (exchange, isSpot) =>
  exchange.safeMarketStructure({
    id: 'BTCUSDT',
    lowercaseId: 'btcusdt',
    symbol: isSpot ? 'BTC/USDT' : 'BTC/USDT:USDT',
    ...{ base: 'BTC', quote: 'USDT', baseId: 'BTC', quoteId: 'USDT' },
    ...(isSpot ? {} : { settle: 'USDT', settleId: 'USDT', contractSize: 1, linear: true, inverse: false }),
    ...{ type: isSpot ? 'spot' : 'swap', spot: isSpot, swap: !isSpot, contract: !isSpot, active: true },
    precision: { price: 0.01, amount: 0.001 },
  })

/** Its handlers of messages, and its book, whose snapshot comes where the recording has it. */
export const ccxt = ({ venue, texts }, withBook) => {
  const isSpot = venue.name === 'binanceSpot'
  const at = texts.findIndex((text) => text.startsWith('{"lastUpdateId"'))
  const fake = {
    resolve: () => undefined,
    reject: (error) => {
      throw error
    },
    subscriptions: {},
  }
  return () => {
    const exchange = new (isSpot ? Spot : Futures)()
    exchange.setMarkets([market(exchange, isSpot)])
    const symbol = isSpot ? 'BTC/USDT' : 'BTC/USDT:USDT'
    const client = { ...fake, url: isSpot ? 'wss://example.com/stream' : 'wss://example.com/ws' }
    if (withBook) exchange.orderbooks[symbol] = exchange.orderBook({}, LIMIT)
    return async () => {
      let tops = 0
      for (let i = 0; i < texts.length; i++) {
        if (i === at) {
          if (!withBook) continue
          const snapshot = JSON.parse(texts[at])
          exchange.fetchRestOrderBookSafe = () => {
            const book = exchange.parseOrderBook(snapshot, symbol)
            book.nonce = snapshot.lastUpdateId
            return Promise.resolve(book)
          }
          await exchange.fetchOrderBookSnapshot(client, undefined, {
            ...{ symbol, type: isSpot ? 'spot' : 'future', limit: LIMIT, params: {} },
          })
          continue
        }
        const message = JSON.parse(texts[i])
        exchange.handleMessage(client, message)
        if (!withBook || message.data?.e !== 'depthUpdate') continue
        const book = exchange.orderbooks[symbol]
        if (book.bids[0] !== undefined && book.asks[0] !== undefined) tops++
      }
      if (withBook && tops === 0) throw new Error('ccxt: the book never synced')
    }
  }
}
