import type { Instrument } from '../exchange/Instrument.js'
import { assetsOf, exchangeInfo, filtersOf, perpetual, precisions, symbolFields } from './exchangeInfo.js'
import { fundingCalls } from './fundingPages.js'
import { byLimit, bySymbol, marketCallsUnder, type MarketCallRow } from './MarketCall.js'
import { asterSpotTypes } from './orderTypes.js'
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
} from './marketPages.js'

/** The weights of klines, by how many there may be. */
export const klineWeight = byLimit(500, [
  { upTo: 99, weight: 1 },
  { upTo: 499, weight: 2 },
  { upTo: 1_000, weight: 5 },
  { upTo: 1_500, weight: 10 },
])

/** What both of Aster's markets have. */
const rows: readonly MarketCallRow[] = [
  ['ping', ping, 1],
  ['aggTrades', aggTrades({}, { hours: 1 }), 20],
  ['klines', klines(1_500), klineWeight],
  ['ticker/price', lastPrices(true), bySymbol(1, 2)],
]

const inForce = { timeInForce: ['GTC', 'IOC', 'FOK', 'GTX'] }
const spotSymbol = (instrument: Instrument) => ({
  ...symbolFields(instrument, asterSpotTypes),
  ...precisions(instrument),
  ...inForce,
  ocoAllowed: false,
})

/** Where a list of trades on spot says what was traded of the base asset. */
const spotTrades = trades(({ quantity }, { scale }) => ({ quoteQty: undefined, baseQty: scale.quantity(quantity) }))

const spotInfo: MarketCallRow = [
  'exchangeInfo',
  exchangeInfo(spotSymbol, filtersOf.asterSpot, (question) => assetsOf(question, () => ({}))),
  1,
]

const spotRows: readonly MarketCallRow[] = [
  ...rows,
  ['ticker/bookTicker', bookTickers((_, market) => ({ time: market.now() })), bySymbol(1, 2)],
  ['trades', spotTrades, 1],
  ['historicalTrades', spotTrades, 20, 'keyed'],
  [
    'ticker/24hr',
    dayTicker(({ instrument: { base, quote } }, ticker) => ({
      ...bestFields(ticker),
      ...{ baseAsset: base, quoteAsset: quote },
    })),
    bySymbol(1, 40),
  ],
  spotInfo,
]

/** What Aster's spot market answers about itself, by v3. */
const asterSpotV3Calls = marketCallsUnder('/api/v3', spotRows)
export const asterSpotCalls = [...asterSpotV3Calls, ...marketCallsUnder('/api/v1', spotRows)]

/** What Aster's prediction markets answer, whose document lists the markets elsewhere. */
export const asterPredictionCalls = [...asterSpotV3Calls, ...marketCallsUnder('/api/v3/prediction', [spotInfo])]

/** The rules of perpetual contracts. */
export const futuresInfo = exchangeInfo(perpetual, filtersOf.futures, (question) =>
  assetsOf(question, (_, isQuote) => ({ marginAvailable: isQuote, autoAssetExchange: isQuote ? 0 : null })),
)

const futuresRows: readonly MarketCallRow[] = [
  ...rows,
  ['ticker/bookTicker', numberedBookTickers, bySymbol(1, 2)],
  ...fundingCalls(1),
  ['trades', trades(), 1],
  ['historicalTrades', trades(), 20, 'keyed'],
  ['ticker/24hr', dayTicker(() => ({})), bySymbol(1, 40)],
  ['exchangeInfo', futuresInfo, 1],
]

/** What Aster's futures answer about themselves. */
export const asterFuturesCalls = [
  ...marketCallsUnder('/fapi/v3', futuresRows),
  ...marketCallsUnder('/fapi/v1', futuresRows),
]
