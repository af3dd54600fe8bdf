import type { Values } from '../../codecs/Values.js'
import type { BookTicker } from '../../events/BookTicker.js'
import { intervals } from '../../events/Interval.js'
import type { KlineBar } from '../../events/Kline.js'
import type { Ticker } from '../../events/Ticker.js'
import type { WindowTicker } from '../../events/WindowTicker.js'
import { isRefusal } from '../exchange/Refusal.js'
import type { MarketView, PastFill } from '../market/MarketView.js'
import { given, ofSymbol, ofSymbols, type MarketCall, type Traded } from './MarketCall.js'
import { selected, type Selection } from './selected.js'

/** What Aster's and Binance's servers answer about a market, in the words of their documents. */

/** Nothing but that somebody is there. */
export const ping: MarketCall['answer'] = () => ({})

/** Lists of trades; `extra` is what the venue adds to each, or leaves out by `undefined`. */
export const trades = (extra: (fill: PastFill, market: MarketView) => Values = () => ({})): MarketCall['answer'] =>
  ofSymbol(({ market }, { get }) => {
    const found = selected(market.trades(), get, { time: ({ at }) => at, id: ({ tradeId }) => tradeId })
    if (isRefusal(found)) return found
    const { price, quantity, amount } = market.scale
    return found.map((fill) => ({
      id: fill.tradeId,
      price: price(fill.price),
      qty: quantity(fill.quantity),
      quoteQty: amount(fill.price * fill.quantity),
      time: fill.at,
      isBuyerMaker: fill.isBuyerMaker,
      ...extra(fill, market),
    }))
  })

/** Lists of aggregate trades. */
export const aggTrades = (
  extra: Values = {},
  { hours }: Pick<Selection<unknown>, 'hours'> = {},
): MarketCall['answer'] =>
  ofSymbol(({ market }, { get }) => {
    const found = selected(market.aggTrades(), get, {
      time: ({ tradeTime }) => tradeTime,
      id: ({ aggregateId }) => aggregateId,
      ...(hours !== undefined && { hours }),
    })
    if (isRefusal(found)) return found
    return found.map((one) => ({
      a: one.aggregateId,
      p: one.price,
      q: one.quantity,
      f: one.firstTradeId,
      l: one.lastTradeId,
      T: one.tradeTime,
      m: one.isBuyerMaker,
      ...extra,
    }))
  })

const klineRow = (bar: KlineBar) => [
  bar.openTime,
  bar.open,
  bar.high,
  bar.low,
  bar.close,
  bar.volume,
  bar.closeTime,
  bar.quoteVolume,
  bar.tradeCount,
  bar.takerBuyVolume,
  bar.takerBuyQuoteVolume,
  '0',
]

/** How a request names the time zones that there are klines of. */
const offsets: Readonly<Record<string, string | undefined>> = {
  ...Object.fromEntries(['8', '08', '+8', '8:00', '08:00', '+8:00', '+08:00'].map((zone) => [zone, '+08:00'])),
  ...Object.fromEntries(['', '0', '00:00', '0:00', '+00:00'].map((zone) => [zone, undefined])),
}

/** Lists of klines, of these intervals too: `1s`. */
export const klines = (most: number, more: readonly string[] = []): MarketCall['answer'] =>
  ofSymbol(({ market }, { get }) => {
    const [interval, zone] = [get('interval'), get('timeZone') ?? '']
    if (interval === null || interval === '') return { refusal: 'missing', detail: 'interval' }
    if (![...more, ...intervals].includes(interval)) return { refusal: 'interval' }
    if (!Object.hasOwn(offsets, zone)) return { refusal: 'invalid', detail: 'timeZone' }
    const bars = market.klines(interval, offsets[zone])
    const found = selected(bars, get, { time: ({ openTime }) => openTime, most })
    return isRefusal(found) ? found : found.map(klineRow)
  })

const windowFields = (ticker: Ticker | WindowTicker) => ({
  openPrice: ticker.open,
  highPrice: ticker.high,
  lowPrice: ticker.low,
  lastPrice: ticker.close,
  volume: ticker.volume,
  quoteVolume: ticker.quoteVolume,
  openTime: ticker.openTime,
  closeTime: ticker.closeTime,
  firstId: ticker.firstTradeId,
  lastId: ticker.lastTradeId,
  count: ticker.tradeCount,
})

const changeFields = (ticker: Ticker | WindowTicker) => ({
  priceChange: ticker.priceChange,
  priceChangePercent: ticker.priceChangePercent,
  weightedAvgPrice: ticker.weightedAveragePrice,
})

/** The day's statistics; `extra` is what the venue adds. */
export const dayTicker = (extra: (traded: Traded, ticker: Ticker) => Values): MarketCall['answer'] =>
  ofSymbols((traded, { get }) =>
    given(traded.market.ticker(), (ticker) => {
      const { symbol } = traded.market
      if (get('type') === 'MINI') return { symbol, ...windowFields(ticker) }
      const last = { lastQty: ticker.lastQuantity, prevClosePrice: ticker.previousClose }
      return { symbol, ...changeFields(ticker), ...last, ...extra(traded, ticker), ...windowFields(ticker) }
    }),
  )

/** The best prices, as a day's statistics have them. */
export const bestFields = ({ bidPrice, bidQuantity, askPrice, askQuantity }: Ticker): Values => ({
  ...{ bidPrice, bidQty: bidQuantity, askPrice, askQty: askQuantity },
})

/** The statistics of a window of the streams. */
export const windowTicker: MarketCall['answer'] = (question) =>
  question.get('symbol') === null && question.get('symbols') === null
    ? { refusal: 'missingOneOf', detail: "'symbol' or 'symbols'" }
    : ofSymbols(({ market }, { get }) => {
        const ticker = market.windowTicker(get('windowSize') ?? '1d')
        if (ticker === undefined) return { refusal: 'invalid', detail: 'windowSize' }
        const { symbol } = market
        if (get('type') === 'MINI') return { symbol, ...windowFields(ticker) }
        return { symbol, ...changeFields(ticker), ...windowFields(ticker) }
      })(question)

/** The last prices; `isTimed` where the venue says when. */
export const lastPrices = (isTimed: boolean): MarketCall['answer'] =>
  ofSymbols(({ market }) =>
    given(market.ticker(), ({ symbol, close }) => ({
      ...{ symbol, price: close },
      ...(isTimed && { time: market.now() }),
    })),
  )

/** The best prices and quantities; `extra` is what the venue adds. */
export const bookTickers = (extra: (ticker: BookTicker, market: MarketView) => Values): MarketCall['answer'] =>
  ofSymbols(({ market }) =>
    given(market.bookTicker(), (ticker) => {
      const { symbol, bidPrice, bidQuantity, askPrice, askQuantity } = ticker
      const best = { symbol, bidPrice, bidQty: bidQuantity, askPrice, askQty: askQuantity }
      return { ...best, ...extra(ticker, market) }
    }),
  )

/** As futures have it. */
export const numberedBookTickers = bookTickers(({ updateId }, market) => ({
  time: market.now(),
  lastUpdateId: updateId,
}))
