import { intervals } from '../../events/Interval.js'
import { isValues } from '../../codecs/Values.js'
import { MOST_LEVERAGE } from '../exchange/accountSettings.js'
import { isRefusal } from '../exchange/Refusal.js'
import { given, marketCallsUnder, ofSymbol, ofSymbols, type MarketCall } from './MarketCall.js'
import { selected } from './selected.js'

/** What BingX's servers answer about perpetual contracts. */

const digits = (text: string) => text.split('.')[1]?.length ?? 0

const contracts = ofSymbols(({ instrument: { symbol, scale, filters, quote, base } }) => ({
  contractId: '100',
  symbol,
  size: scale.quantity(1),
  quantityPrecision: digits(scale.quantity(1)),
  pricePrecision: digits(scale.price(10)) - 1,
  feeRate: 0.0005,
  makerFeeRate: 0.0002,
  takerFeeRate: 0.0005,
  tradeMinLimit: 0,
  tradeMinQuantity: Number(scale.quantity(1)),
  tradeMinUSDT: Number(filters.leastNotional) / 1e8,
  maxLongLeverage: MOST_LEVERAGE,
  maxShortLeverage: MOST_LEVERAGE,
  currency: quote,
  asset: base,
  status: 1,
  apiStateOpen: 'true',
  apiStateClose: 'true',
  brokerState: 'true',
  launchTime: 0,
  maintainTime: 0,
  offTime: 0,
}))

/** A list, of one symbol too. */
const listed =
  (answer: MarketCall['answer']): MarketCall['answer'] =>
  (question) => {
    const found = answer(question)
    return Array.isArray(found) || (isValues(found) && isRefusal(found)) ? found : [found]
  }

const depth = ofSymbol(({ market }, { get, now }) => {
  const limit = Number(get('limit') ?? 20)
  if (!(Number.isInteger(limit) && limit >= 1)) return { refusal: 'invalid', detail: 'limit' }
  return given(market.snapshot(Math.min(limit, 1_000)), ({ bids, asks }) => ({
    ...{ T: now, bids: [...bids], asks: [...asks] },
  }))
})

const trades = ofSymbol(({ market }, { get }) => {
  const { price, quantity, amount } = market.scale
  const found = selected(market.trades(), get, { time: ({ at }) => at, id: ({ tradeId }) => tradeId })
  if (isRefusal(found)) return found
  return found.map((fill) => ({
    id: String(fill.tradeId),
    price: price(fill.price),
    qty: quantity(fill.quantity),
    quoteQty: amount(fill.price * fill.quantity),
    time: fill.at,
    isBuyerMaker: fill.isBuyerMaker,
  }))
})

const klines = ofSymbol(({ market }, { get }) => {
  const interval = get('interval')
  if (interval === null) return { refusal: 'missing', detail: 'interval' }
  if (!intervals.some((known) => known === interval)) return { refusal: 'interval' }
  const found = selected(market.klines(interval), get, { time: ({ openTime }) => openTime, most: 1_440 })
  if (isRefusal(found)) return found
  return found.map(({ openTime: time, open, high, low, close, volume }) => ({ open, close, high, low, volume, time }))
})

const dayTicker = ofSymbols(({ market }) =>
  given(market.ticker(), (day) => ({
    ...{ symbol: day.symbol, priceChange: day.priceChange, priceChangePercent: `${day.priceChangePercent}%` },
    ...{ lastPrice: day.close, lastQty: day.lastQuantity, openPrice: day.open, highPrice: day.high },
    ...{ lowPrice: day.low, volume: day.volume, quoteVolume: day.quoteVolume },
    ...{ openTime: day.openTime, closeTime: day.closeTime },
    ...{ askPrice: day.askPrice, askQty: day.askQuantity, bidPrice: day.bidPrice, bidQty: day.bidQuantity },
  })),
)

const bookTicker = ofSymbol(({ market }) =>
  given(market.bookTicker(), ({ symbol, bidPrice, bidQuantity, askPrice, askQuantity }) => ({
    bookTicker: {
      ...{ symbol, bid_price: Number(bidPrice), bid_qty: Number(bidQuantity) },
      ...{ ask_price: Number(askPrice), ask_qty: Number(askQuantity), time: market.now() },
    },
  })),
)

const premiumIndex = ofSymbols(({ market }) =>
  given(market.markPrice(), ({ symbol, markPrice, indexPrice, fundingRate, nextFundingTime }) => ({
    ...{ symbol, markPrice, indexPrice, lastFundingRate: fundingRate, nextFundingTime, time: market.now() },
  })),
)

const lastPrice = ofSymbols(({ market }) =>
  given(market.ticker(), ({ symbol, close }) => ({ symbol, price: close, time: market.now() })),
)

const serverTime: MarketCall['answer'] = ({ now }) => ({ serverTime: now })
/** Other markets, where nothing is traded here. */
const noSymbols: MarketCall['answer'] = () => ({ symbols: [] })
const noContracts: MarketCall['answer'] = () => []

/** What BingX answers about perpetual contracts, and what its clients ask on the way there. */
export const bingxSwapCalls = [
  ...marketCallsUnder('/openApi/swap/v2', [
    ['server/time', serverTime, 1],
    ['quote/contracts', listed(contracts), 1],
    ['quote/depth', depth, 1],
    ['quote/trades', trades, 1],
    ['quote/klines', klines, 1],
    ['quote/ticker', dayTicker, 1],
    ['quote/bookTicker', bookTicker, 1],
    ['quote/premiumIndex', premiumIndex, 1],
  ]),
  ...marketCallsUnder('/openApi/swap/v3', [['quote/klines', klines, 1]]),
  ...marketCallsUnder('/openApi/swap/v1', [
    ['ticker/price', lastPrice, 1],
    ['market/historicalTrades', trades, 1],
  ]),
  ...marketCallsUnder('/openApi/spot/v1', [['common/symbols', noSymbols, 1]]),
  ...marketCallsUnder('/openApi/cswap/v1', [['market/contracts', noContracts, 1]]),
]
