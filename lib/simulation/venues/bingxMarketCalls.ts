import { intervals } from '../../events/Interval.js'
import { isRefusal } from '../exchange/Refusal.js'
import { given, marketCallsUnder, ofSymbol, ofSymbols, type MarketCall } from './MarketCall.js'
import { selected } from './selected.js'

/** What BingX's servers answer about a market. Many of their decimals are numbers. */

const symbols: MarketCall['answer'] = (question) => {
  const found = ofSymbols(({ instrument: { symbol, scale, filters, tickLot } }) => ({
    symbol,
    minQty: Number(scale.quantity(1)),
    maxQty: Number(scale.quantity(filters.largestQuantity)),
    minNotional: Number(filters.leastNotional) / 1e8,
    maxNotional: Number(BigInt(filters.highestPrice) * BigInt(filters.largestQuantity) * tickLot) / 1e8,
    status: 1,
    tickSize: Number(scale.price(1)),
    stepSize: Number(scale.quantity(1)),
    apiStateSell: true,
    apiStateBuy: true,
    timeOnline: 0,
    offTime: 0,
    maintainTime: 0,
  }))(question)
  if (typeof found === 'object' && found !== null && isRefusal(found)) return found
  return { symbols: Array.isArray(found) ? found : [found] }
}

const depth = ofSymbol(({ market }, { get, now }) => {
  const limit = Number(get('limit') ?? 20)
  if (!(Number.isInteger(limit) && limit >= 1)) return { refusal: 'invalid', detail: 'limit' }
  return given(market.snapshot(Math.min(limit, 1_000)), ({ bids, asks }) => ({
    ...{ bids: [...bids], asks: [...asks], ts: now },
  }))
})

const trades = ofSymbol(({ market }, { get }) => {
  const found = selected(market.trades(), get, { time: ({ at }) => at, usual: 100, most: 500 })
  if (isRefusal(found)) return found
  return found.map(({ tradeId, price, quantity, at, isBuyerMaker }) => ({
    id: tradeId,
    price: Number(market.scale.price(price)),
    qty: Number(market.scale.quantity(quantity)),
    time: at,
    buyerMaker: isBuyerMaker,
  }))
})

const klines = (most: number): MarketCall['answer'] =>
  ofSymbol(({ market }, { get }) => {
    const interval = get('interval')
    if (interval === null) return { refusal: 'missing', detail: 'interval' }
    if (!intervals.some((known) => known === interval)) return { refusal: 'interval' }
    const found = selected(market.klines(interval), get, { time: ({ openTime }) => openTime, most })
    if (isRefusal(found)) return found
    return found.map(({ openTime, open, high, low, close, volume, closeTime, quoteVolume }) => [
      ...[openTime, ...[open, high, low, close, volume].map(Number), closeTime, Number(quoteVolume)],
    ])
  })

/** A list, of one symbol too. */
const listed =
  (answer: MarketCall['answer']): MarketCall['answer'] =>
  (question) => {
    const found = answer(question)
    return Array.isArray(found) || (typeof found === 'object' && found !== null && isRefusal(found)) ? found : [found]
  }

const dayTicker = ofSymbols(({ market }) =>
  given(market.ticker(), (ticker) => ({
    symbol: ticker.symbol,
    openPrice: ticker.open,
    highPrice: ticker.high,
    lowPrice: ticker.low,
    lastPrice: ticker.close,
    priceChange: ticker.priceChange,
    priceChangePercent: `${ticker.priceChangePercent}%`,
    volume: ticker.volume,
    quoteVolume: ticker.quoteVolume,
    openTime: ticker.openTime,
    closeTime: ticker.closeTime,
    bidPrice: Number(ticker.bidPrice),
    bidQty: Number(ticker.bidQuantity),
    askPrice: Number(ticker.askPrice),
    askQty: Number(ticker.askQuantity),
  })),
)

const bookTicker = ofSymbol(({ market }) =>
  given(market.bookTicker(), ({ symbol, bidPrice, bidQuantity, askPrice, askQuantity }) => {
    const best = { bidPrice, bidVolume: bidQuantity, askPrice, askVolume: askQuantity }
    return { eventType: 'bookTicker', time: market.now(), symbol, ...best }
  }),
)

const lastPrice = ofSymbol(({ market }) => {
  const { price, quantity, amount } = market.scale
  const trades = market.trades().slice(-1)
  return {
    symbol: market.symbol,
    trades: trades.map((fill) => ({
      timestamp: fill.at,
      tradeId: String(fill.tradeId),
      price: price(fill.price),
      amount: amount(fill.price * fill.quantity),
      type: fill.isBuyerMaker ? 2 : 1,
      volume: quantity(fill.quantity),
    })),
  }
})

const serverTime: MarketCall['answer'] = ({ now }) => ({ serverTime: now })
/** Its contracts are another market, where nothing is traded here. */
const noContracts: MarketCall['answer'] = () => []

/** What BingX's spot market answers about itself, and what its clients ask on the way there. */
export const bingxSpotCalls = [
  ...marketCallsUnder('/openApi/spot/v1', [
    ['common/symbols', symbols, 1],
    ['market/depth', depth, 1],
    ['market/trades', trades, 1],
    ['market/kline', klines(1_440), 1],
    ['ticker/24hr', listed(dayTicker), 1],
    ['ticker/bookTicker', listed(bookTicker), 1],
  ]),
  ...marketCallsUnder('/openApi/spot/v2', [
    ['market/kline', klines(1_440), 1],
    ['ticker/price', listed(lastPrice), 1],
  ]),
  ...marketCallsUnder('/openApi/market/his/v1', [['kline', klines(500), 1]]),
  ...marketCallsUnder('/openApi/swap/v2', [
    ['server/time', serverTime, 1],
    ['quote/contracts', noContracts, 1],
  ]),
  ...marketCallsUnder('/openApi/cswap/v1', [['market/contracts', noContracts, 1]]),
]
