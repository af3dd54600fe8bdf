import type { Values } from '../../codecs/Values.js'
import type { Instrument } from '../exchange/Instrument.js'
import { exchangeInfo, filtersOf, symbolFields } from './exchangeInfo.js'
import { futuresInfo, klineWeight } from './asterMarketCalls.js'
import { fundingCalls } from './fundingPages.js'
import { bySymbol, given, marketCallsUnder, ofSymbol, type MarketCall, type MarketCallRow } from './MarketCall.js'
import { binanceSpotTypes } from './orderTypes.js'
import {
  aggTrades,
  bestFields,
  bookTickers,
  dayTicker,
  klines,
  lastPrices,
  numberedBookTickers,
  ping,
  trades,
  windowTicker,
} from './marketPages.js'

const spotSymbol = (instrument: Instrument): Values => ({
  ...symbolFields(instrument, binanceSpotTypes),
  quoteAssetPrecision: 8,
  baseCommissionPrecision: 8,
  quoteCommissionPrecision: 8,
  icebergAllowed: false,
  ocoAllowed: false,
  otoAllowed: false,
  opoAllowed: false,
  quoteOrderQtyMarketAllowed: true,
  allowTrailingStop: false,
  cancelReplaceAllowed: true,
  amendAllowed: false,
  pegInstructionsAllowed: false,
  isSpotTradingAllowed: true,
  isMarginTradingAllowed: false,
  permissions: [],
  permissionSets: [['SPOT']],
  defaultSelfTradePreventionMode: 'NONE',
  allowedSelfTradePreventionModes: ['NONE'],
})

const avgPrice = ofSymbol(({ market }) =>
  given(market.avgPrice(), ({ price, lastTradeTime }) => ({ mins: 5, price, closeTime: lastTradeTime })),
)

const referencePrice = ofSymbol(({ market }) => {
  const { symbol, price, time } = market.referencePrice()
  return { symbol, referencePrice: price, timestamp: time }
})

/** Every trade is the best match here. */
const spotTrades = trades(() => ({ isBestMatch: true }))
const spotKlines = klines(1_000, ['1s'])

/** 4 for each symbol, 200 at most. */
const windowWeight: MarketCall['weight'] = (get) => Math.min(200, 4 * (get('symbols')?.split(',').length ?? 1))

const spotRows: readonly MarketCallRow[] = [
  ['ping', ping, 1],
  ['exchangeInfo', exchangeInfo(spotSymbol, filtersOf.binanceSpot), 20],
  ['trades', spotTrades, 25],
  ['historicalTrades', spotTrades, 25],
  ['aggTrades', aggTrades({ M: true }), 4],
  ['klines', spotKlines, 2],
  ['uiKlines', spotKlines, 2],
  ['avgPrice', avgPrice, 2],
  ['referencePrice', referencePrice, 2],
  ['ticker/24hr', dayTicker((_, ticker) => bestFields(ticker)), bySymbol(2, 80)],
  ['ticker', windowTicker, windowWeight],
  ['ticker/price', lastPrices(false), bySymbol(2, 4)],
  ['ticker/bookTicker', bookTickers(() => ({})), bySymbol(2, 4)],
]

/** Nothing is traded on margin here. */
const noPairs: MarketCall['answer'] = () => []

/** What Binance's spot market answers about itself. */
export const binanceSpotCalls = [
  ...marketCallsUnder('/api/v3', spotRows),
  ...marketCallsUnder('/sapi/v1/margin', [
    ['allPairs', noPairs, 1, 'keyed'],
    ['isolated/allPairs', noPairs, 1, 'keyed'],
  ]),
]

/** What Binance's futures answer about themselves. */
export const binanceFuturesCalls = [
  ...marketCallsUnder('/fapi/v1', [
    ...fundingCalls(bySymbol(1, 10)),
    ['ping', ping, 1],
    ['exchangeInfo', futuresInfo, 1],
    ['trades', trades(), 5],
    ['historicalTrades', trades(), 20, 'keyed'],
    ['aggTrades', aggTrades({}, { hours: 1 }), 20],
    ['klines', klines(1_500), klineWeight],
    ['ticker/24hr', dayTicker(() => ({})), bySymbol(1, 40)],
    ['ticker/price', lastPrices(true), bySymbol(1, 2)],
    ['ticker/bookTicker', numberedBookTickers, bySymbol(2, 5)],
  ]),
  ...marketCallsUnder('/fapi/v2', [['ticker/price', lastPrices(true), bySymbol(1, 2)]]),
]
