import type { Values } from '../../codecs/Values.js'
import { moneyText } from '../exchange/Money.js'
import type { Instrument } from '../exchange/Instrument.js'
import { isRefusal } from '../exchange/Refusal.js'
import { futuresTypes } from './orderTypes.js'
import { ofSymbols, type MarketCall, type MarketQuestion } from './MarketCall.js'

/** How a venue writes one of its filters. */
type FilterText = (instrument: Instrument) => Values

/** Digits that say nothing are left out, as Aster and Binance's futures do: `5`, not `5.00000000`. */
const short = (text: string) => text.replace(/\.?0+$/, '')

const part = (band: number) => short((1 / band).toFixed(4))

const priceFilter: FilterText = ({ scale, filters }) => ({
  filterType: 'PRICE_FILTER',
  minPrice: scale.price(1),
  maxPrice: scale.price(filters.highestPrice),
  tickSize: scale.price(1),
})

const lotSize =
  (filterType: 'LOT_SIZE' | 'MARKET_LOT_SIZE'): FilterText =>
  ({ scale, filters }) => ({
    filterType,
    minQty: scale.quantity(1),
    maxQty: scale.quantity(filters.largestQuantity),
    stepSize: scale.quantity(1),
  })

/** `name` is that of its number: `limit`, or `maxNumOrders`. */
const maxNumOrders =
  (name: string): FilterText =>
  ({ filters }) => ({ filterType: 'MAX_NUM_ORDERS', [name]: filters.mostOrders })

/** `name` is that of its amount: `notional`, or `minNotional`. */
const minNotional =
  (name: string): FilterText =>
  ({ filters }) => ({ filterType: 'MIN_NOTIONAL', [name]: short(moneyText(filters.leastNotional)) })

/** No order is larger than this, so that the upper bound holds by itself. */
const notional: FilterText = ({ filters, tickLot }) => ({
  filterType: 'NOTIONAL',
  minNotional: moneyText(filters.leastNotional),
  applyMinToMarket: true,
  maxNotional: moneyText(BigInt(filters.highestPrice) * BigInt(filters.largestQuantity) * tickLot),
  applyMaxToMarket: false,
  avgPriceMins: 5,
})

/** `digits` stand behind the points of the multipliers. */
const percentPrice: FilterText = ({ filters: { band } }) => ({
  filterType: 'PERCENT_PRICE',
  multiplierUp: band.toFixed(4),
  multiplierDown: (1 / band).toFixed(4),
  multiplierDecimal: '4',
})

const percentPriceBySide: FilterText = ({ filters: { band } }) => ({
  filterType: 'PERCENT_PRICE_BY_SIDE',
  bidMultiplierUp: String(band),
  bidMultiplierDown: part(band),
  askMultiplierUp: String(band),
  askMultiplierDown: part(band),
  avgPriceMins: 5,
})

const sizes: readonly FilterText[] = [priceFilter, lotSize('LOT_SIZE'), lotSize('MARKET_LOT_SIZE')]

/** The filters of markets, as each lists them. */
export const filtersOf = {
  asterSpot: [...sizes, maxNumOrders('limit'), minNotional('minNotional'), notional, percentPrice, percentPriceBySide],
  futures: [...sizes, maxNumOrders('limit'), minNotional('notional'), percentPrice],
  binanceSpot: [...sizes, maxNumOrders('maxNumOrders'), notional, percentPriceBySide],
} as const satisfies Readonly<Record<string, readonly FilterText[]>>

const digits = (text: string) => text.split('.')[1]?.length ?? 0

/** What symbols have in common at Aster and Binance. */
export const symbolFields = ({ symbol, base, quote }: Instrument, types: Readonly<Record<string, unknown>>) => ({
  ...{ symbol, status: 'TRADING' },
  ...{ baseAsset: base, baseAssetPrecision: 8, quoteAsset: quote, quotePrecision: 8 },
  orderTypes: Object.keys(types),
})

/** How many digits stand behind the points of prices and quantities. */
export const precisions = ({ scale }: Instrument) => ({
  pricePrecision: digits(scale.price(1)),
  quantityPrecision: digits(scale.quantity(1)),
})

/** What sets a perpetual contract apart. */
export const perpetual = (instrument: Instrument): Values => ({
  ...symbolFields(instrument, futuresTypes),
  ...precisions(instrument),
  pair: instrument.symbol,
  contractType: 'PERPETUAL',
  deliveryDate: 4_133_404_800_000,
  onboardDate: 1_569_398_400_000,
  marginAsset: instrument.quote,
  maintMarginPercent: '2.5000',
  requiredMarginPercent: '5.0000',
  underlyingType: 'COIN',
  underlyingSubType: [],
  settlePlan: 0,
  triggerProtect: '0.0500',
  liquidationFee: '0.012500',
  marketTakeBound: '0.05',
  timeInForce: ['GTC', 'IOC', 'FOK', 'GTX'],
})

/** The assets of all symbols, as Aster and Binance's futures list them. */
export const assetsOf = ({ traded }: MarketQuestion, fields: (asset: string, isQuote: boolean) => Values): Values => {
  const instruments = [...traded.values()].map(({ instrument }) => instrument)
  const quotes = new Set(instruments.map(({ quote }) => quote))
  const assets = new Set([...quotes, ...instruments.map(({ base }) => base)])
  return { assets: [...assets].map((asset) => ({ asset, ...fields(asset, quotes.has(asset)) })) }
}

/** The rules of a venue's symbols, with the filters that orders obey and the limits that requests have. */
export const exchangeInfo = (
  symbolOf: (instrument: Instrument) => Values,
  filters: readonly FilterText[],
  more: (question: MarketQuestion) => Values = () => ({}),
): MarketCall['answer'] => {
  const chosen = ofSymbols(({ instrument }) => ({
    ...symbolOf(instrument),
    filters: filters.map((filter) => filter(instrument)),
  }))
  return (question) => {
    const found = chosen(question)
    if (typeof found === 'object' && found !== null && isRefusal(found)) return found
    const limit = question.weightPerMinute
    return {
      timezone: 'UTC',
      serverTime: question.now,
      rateLimits: [{ rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit }],
      exchangeFilters: [],
      ...more(question),
      symbols: Array.isArray(found) ? found : [found],
    }
  }
}
