import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { asterPrediction } from '../../../lib/venues/asterPrediction.js'
import { asterSpot } from '../../../lib/venues/asterSpot.js'
import { binanceFutures } from '../../../lib/venues/binanceFutures.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'
import type { Venue } from '../../../lib/venues/Venue.js'
import { venueFor } from '../host/bareClient.js'
import { clockAt } from '../host/clockAt.js'
import { decimal, differences, flag, integer, is, keys, kind, levels, like, ms, text, type Shape } from './Shape.js'

const start = 1_700_000_000_000

const opened = async (venue: Venue, symbols?: readonly string[]) => {
  const simulated = await venueFor({ venue, seed: 7, scheduler: clockAt(start), ...(symbols && { symbols }) })
  simulated.controls.step(100)
  const call = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(simulated.addresses.rest + path, { headers })
    const body = await response.text()
    return { status: response.status, json: JSON.parse(body) as unknown, headers: response.headers }
  }
  return { ...simulated, call }
}

const number = kind('number', (u) => typeof u === 'number')
const trade = { id: integer, price: decimal, qty: decimal, time: ms, isBuyerMaker: flag }
const quoted = { ...trade, quoteQty: decimal }
const aggTrade = { a: integer, p: decimal, q: decimal, f: integer, l: integer, T: ms, m: flag }
const mini = {
  ...{ symbol: is('BTCUSDT'), openPrice: decimal, highPrice: decimal, lowPrice: decimal, lastPrice: decimal },
  ...{ volume: decimal, quoteVolume: decimal, openTime: ms, closeTime: ms },
  ...{ firstId: integer, lastId: integer, count: integer },
}
const change = { priceChange: decimal, priceChangePercent: decimal, weightedAvgPrice: decimal }
const day = { ...mini, ...change, prevClosePrice: decimal, lastQty: decimal }
const best = { bidPrice: decimal, bidQty: decimal, askPrice: decimal, askQty: decimal }
const last = { symbol: is('BTCUSDT'), price: decimal }
const kline: Shape = kind('a kline', (u) => {
  if (!Array.isArray(u) || u.length !== 12) return false
  const numbers = [0, 6, 8]
  return u.every((value: unknown, i) =>
    numbers.includes(i) ? Number.isSafeInteger(value) : typeof value === 'string' && /^\d+(\.\d+)?$/.test(value),
  )
})
const filters = kind('filters', (u) => Array.isArray(u) && u.every((filter) => typeof filter === 'object'))
const limits = kind('limits', (u) =>
  JSON.stringify(u).startsWith('[{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE"'),
)
const rules = { timezone: is('UTC'), serverTime: ms, rateLimits: limits, exchangeFilters: kind('none', Array.isArray) }
const names = kind('texts', (u) => Array.isArray(u) && u.every((each) => typeof each === 'string'))
const assetFields = { baseAsset: is('BTC'), quoteAsset: is('USDT'), baseAssetPrecision: is(8), quotePrecision: is(8) }
const symbol = { symbol: is('BTCUSDT'), status: is('TRADING'), ...assetFields, orderTypes: names, filters }
const precisions = { pricePrecision: integer, quantityPrecision: integer, timeInForce: names }

const binanceSymbol = keys({
  ...symbol,
  ...{ quoteAssetPrecision: is(8), baseCommissionPrecision: is(8), quoteCommissionPrecision: is(8) },
  ...{ icebergAllowed: flag, ocoAllowed: flag, otoAllowed: flag, opoAllowed: flag, allowTrailingStop: flag },
  ...{ quoteOrderQtyMarketAllowed: flag, cancelReplaceAllowed: flag, amendAllowed: flag, pegInstructionsAllowed: flag },
  ...{ isSpotTradingAllowed: is(true), isMarginTradingAllowed: is(false), defaultSelfTradePreventionMode: is('NONE') },
  allowedSelfTradePreventionModes: names,
  permissions: kind('none', Array.isArray),
  permissionSets: kind('sets', Array.isArray),
})
const contract = keys({
  ...symbol,
  ...precisions,
  ...{ pair: is('BTCUSDT'), contractType: is('PERPETUAL'), deliveryDate: is(4_133_404_800_000), onboardDate: ms },
  ...{ marginAsset: is('USDT'), maintMarginPercent: decimal, requiredMarginPercent: decimal },
  ...{ underlyingType: is('COIN'), underlyingSubType: kind('a list', Array.isArray), settlePlan: is(0) },
  ...{ triggerProtect: decimal, liquidationFee: decimal, marketTakeBound: decimal },
})
const funding = { symbol: is('BTCUSDT'), fundingRate: decimal, fundingTime: ms }
const premium = {
  ...{ symbol: is('BTCUSDT'), markPrice: decimal, indexPrice: decimal, estimatedSettlePrice: decimal },
  ...{ lastFundingRate: decimal, nextFundingTime: ms, interestRate: decimal, time: ms },
}
const fundingInfo = {
  ...{ symbol: is('BTCUSDT'), interestRate: decimal, time: ms },
  ...{ fundingIntervalHours: is(8), fundingFeeCap: number, fundingFeeFloor: number },
}

const bingx = (data: Shape): Shape => keys({ code: is(0), msg: is(''), debugMsg: is(''), data })
const pair = is('BTC-USDT')
const bingxSymbol = keys({
  ...{ symbol: pair, minQty: number, maxQty: number, minNotional: is(5), maxNotional: number, status: is(1) },
  ...{ tickSize: is(0.1), stepSize: is(0.001), apiStateSell: is(true), apiStateBuy: is(true) },
  ...{ timeOnline: is(0), offTime: is(0), maintainTime: is(0) },
})
const bingxDay = keys({
  ...{ symbol: pair, openPrice: decimal, highPrice: decimal, lowPrice: decimal, lastPrice: decimal },
  ...{ priceChange: decimal, priceChangePercent: like(/^-?\d+\.\d+%$/), volume: decimal, quoteVolume: decimal },
  ...{ openTime: ms, closeTime: ms, bidPrice: number, bidQty: number, askPrice: number, askQty: number },
})
const bingxBest = keys({
  ...{ eventType: is('bookTicker'), time: ms, symbol: pair },
  ...{ bidPrice: decimal, bidVolume: decimal, askPrice: decimal, askVolume: decimal },
})
const bingxLast = keys({
  symbol: pair,
  trades: [keys({ timestamp: ms, tradeId: text, price: decimal, amount: decimal, type: is(1, 2), volume: decimal })],
})
const bingxKline = kind('a kline', (u) => Array.isArray(u) && u.length === 8 && u.every((n) => typeof n === 'number'))

/** By the documents of the venues: what is asked, what it costs, and what comes. */
const table: readonly (readonly [Venue, prefixes: string, query: string, weight: number, Shape])[] = [
  [binanceSpot, '/api/v3', 'ping', 1, keys({})],
  [binanceSpot, '/api/v3', 'exchangeInfo', 20, keys({ ...rules, symbols: [binanceSymbol] })],
  [binanceSpot, '/api/v3', 'trades?symbol=BTCUSDT', 25, [keys({ ...quoted, isBestMatch: is(true) })]],
  [binanceSpot, '/api/v3', 'historicalTrades?symbol=BTCUSDT', 25, [keys({ ...quoted, isBestMatch: is(true) })]],
  [binanceSpot, '/api/v3', 'aggTrades?symbol=BTCUSDT', 4, [keys({ ...aggTrade, M: is(true) })]],
  [binanceSpot, '/api/v3', 'klines?symbol=BTCUSDT&interval=1s', 2, [kline]],
  [binanceSpot, '/api/v3', 'uiKlines?symbol=BTCUSDT&interval=1m', 2, [kline]],
  [binanceSpot, '/api/v3', 'avgPrice?symbol=BTCUSDT', 2, keys({ mins: is(5), price: decimal, closeTime: ms })],
  [
    ...([binanceSpot, '/api/v3', 'referencePrice?symbol=BTCUSDT', 2] as const),
    keys({ symbol: is('BTCUSDT'), referencePrice: decimal, timestamp: ms }),
  ],
  [binanceSpot, '/api/v3', 'ticker/24hr?symbol=BTCUSDT', 2, keys({ ...day, ...best })],
  [binanceSpot, '/api/v3', 'ticker/24hr', 80, [keys({ ...day, ...best })]],
  [binanceSpot, '/api/v3', 'ticker/24hr?symbol=BTCUSDT&type=MINI', 2, keys(mini)],
  [binanceSpot, '/api/v3', 'ticker?symbol=BTCUSDT&windowSize=1h', 4, keys({ ...mini, ...change })],
  [binanceSpot, '/api/v3', 'ticker?symbols=["BTCUSDT"]', 4, [keys({ ...mini, ...change })]],
  [binanceSpot, '/api/v3', 'ticker/price?symbol=BTCUSDT', 2, keys(last)],
  [binanceSpot, '/api/v3', 'ticker/price', 4, [keys(last)]],
  [binanceSpot, '/api/v3', 'ticker/bookTicker?symbol=BTCUSDT', 2, keys({ symbol: is('BTCUSDT'), ...best })],
  [binanceSpot, '/api/v3', 'ticker/bookTicker?symbols=["BTCUSDT"]', 4, [keys({ symbol: is('BTCUSDT'), ...best })]],

  [asterSpot, '/api/v1 /api/v3', 'ping', 1, keys({})],
  [
    ...([asterSpot, '/api/v1 /api/v3', 'exchangeInfo', 1] as const),
    keys({
      ...{ ...rules, assets: [keys({ asset: text })] },
      symbols: [keys({ ...symbol, ...precisions, ocoAllowed: is(false) })],
    }),
  ],
  [asterSpot, '/api/v1 /api/v3', 'trades?symbol=BTCUSDT', 1, [keys({ ...trade, baseQty: decimal })]],
  [asterSpot, '/api/v1 /api/v3', 'historicalTrades?symbol=BTCUSDT', 20, [keys({ ...trade, baseQty: decimal })]],
  [asterSpot, '/api/v1 /api/v3', 'aggTrades?symbol=BTCUSDT', 20, [keys(aggTrade)]],
  [asterSpot, '/api/v1 /api/v3', 'klines?symbol=BTCUSDT&interval=1m', 5, [kline]],
  [asterSpot, '/api/v1 /api/v3', 'klines?symbol=BTCUSDT&interval=1m&limit=99', 1, [kline]],
  [
    ...([asterSpot, '/api/v1 /api/v3', 'ticker/24hr?symbol=BTCUSDT', 1] as const),
    keys({ ...day, ...best, baseAsset: is('BTC'), quoteAsset: is('USDT') }),
  ],
  [asterSpot, '/api/v1 /api/v3', 'ticker/price?symbol=BTCUSDT', 1, keys({ ...last, time: ms })],
  [
    ...([asterSpot, '/api/v1 /api/v3', 'ticker/bookTicker', 2] as const),
    [keys({ symbol: is('BTCUSDT'), ...best, time: ms })],
  ],

  [asterFutures, '/fapi/v1 /fapi/v3', 'ping', 1, keys({})],
  [
    ...([asterFutures, '/fapi/v1 /fapi/v3', 'exchangeInfo', 1] as const),
    keys({
      ...{ ...rules, assets: [keys({ asset: text, marginAvailable: flag, autoAssetExchange: is(0, null) })] },
      symbols: [contract],
    }),
  ],
  [asterFutures, '/fapi/v1 /fapi/v3', 'trades?symbol=BTCUSDT', 1, [keys(quoted)]],
  [asterFutures, '/fapi/v1 /fapi/v3', 'historicalTrades?symbol=BTCUSDT', 20, [keys(quoted)]],
  [asterFutures, '/fapi/v1 /fapi/v3', 'aggTrades?symbol=BTCUSDT', 20, [keys(aggTrade)]],
  [asterFutures, '/fapi/v1 /fapi/v3', 'klines?symbol=BTCUSDT&interval=1h&limit=1500', 10, [kline]],
  [asterFutures, '/fapi/v1 /fapi/v3', 'ticker/24hr?symbol=BTCUSDT', 1, keys(day)],
  [asterFutures, '/fapi/v1 /fapi/v3', 'ticker/24hr', 40, [keys(day)]],
  [asterFutures, '/fapi/v1 /fapi/v3', 'ticker/price', 2, [keys({ ...last, time: ms })]],
  [
    ...([asterFutures, '/fapi/v1 /fapi/v3', 'ticker/bookTicker?symbol=BTCUSDT', 1] as const),
    keys({ symbol: is('BTCUSDT'), ...best, time: ms, lastUpdateId: integer }),
  ],
  [asterFutures, '/fapi/v1 /fapi/v3', 'premiumIndex?symbol=BTCUSDT', 1, keys(premium)],
  [asterFutures, '/fapi/v1 /fapi/v3', 'premiumIndex', 1, [keys(premium)]],
  [asterFutures, '/fapi/v1 /fapi/v3', 'fundingRate?symbol=BTCUSDT', 1, [keys(funding)]],
  [asterFutures, '/fapi/v1 /fapi/v3', 'fundingInfo', 1, [keys(fundingInfo)]],

  [binanceFutures, '/fapi/v1', 'ping', 1, keys({})],
  [
    ...([binanceFutures, '/fapi/v1', 'exchangeInfo', 1] as const),
    keys({
      ...{ ...rules, assets: [keys({ asset: text, marginAvailable: flag, autoAssetExchange: is(0, null) })] },
      symbols: [contract],
    }),
  ],
  [binanceFutures, '/fapi/v1', 'trades?symbol=BTCUSDT', 5, [keys(quoted)]],
  [binanceFutures, '/fapi/v1', 'historicalTrades?symbol=BTCUSDT', 20, [keys(quoted)]],
  [binanceFutures, '/fapi/v1', 'aggTrades?symbol=BTCUSDT', 20, [keys(aggTrade)]],
  [binanceFutures, '/fapi/v1', 'klines?symbol=BTCUSDT&interval=1m&limit=100', 2, [kline]],
  [binanceFutures, '/fapi/v1', 'ticker/24hr?symbol=BTCUSDT', 1, keys(day)],
  [binanceFutures, '/fapi/v1 /fapi/v2', 'ticker/price', 2, [keys({ ...last, time: ms })]],
  [
    ...([binanceFutures, '/fapi/v1', 'ticker/bookTicker?symbol=BTCUSDT', 2] as const),
    keys({ symbol: is('BTCUSDT'), ...best, time: ms, lastUpdateId: integer }),
  ],
  [binanceFutures, '/fapi/v1', 'premiumIndex', 10, [keys(premium)]],
  [binanceFutures, '/fapi/v1', 'fundingRate?symbol=BTCUSDT', 1, [keys(funding)]],

  [bingxSpot, '/openApi/spot/v1', 'common/symbols', 1, bingx(keys({ symbols: [bingxSymbol] }))],
  [
    ...([bingxSpot, '/openApi/spot/v1', 'market/depth?symbol=BTC-USDT&limit=5', 1] as const),
    bingx(keys({ bids: levels, asks: levels, ts: ms })),
  ],
  [
    ...([bingxSpot, '/openApi/spot/v1', 'market/trades?symbol=BTC-USDT', 1] as const),
    bingx([keys({ id: integer, price: number, qty: number, time: ms, buyerMaker: flag })]),
  ],
  [bingxSpot, '/openApi/spot/v1', 'market/kline?symbol=BTC-USDT&interval=1m', 1, bingx([bingxKline])],
  [bingxSpot, '/openApi/spot/v2', 'market/kline?symbol=BTC-USDT&interval=1m', 1, bingx([bingxKline])],
  [bingxSpot, '/openApi/spot/v1', 'ticker/24hr', 1, bingx([bingxDay])],
  [bingxSpot, '/openApi/spot/v1', 'ticker/bookTicker?symbol=BTC-USDT', 1, bingx([bingxBest])],
  [bingxSpot, '/openApi/spot/v2', 'ticker/price?symbol=BTC-USDT', 1, bingx([bingxLast])],
  [bingxSpot, '/openApi/swap/v2', 'quote/contracts', 1, bingx(kind('none', (u) => JSON.stringify(u) === '[]'))],
]

test.each(
  table.map(
    ([venue, prefixes, query, ...rest]) => [`${venue.name} ${query}`, venue, prefixes, query, ...rest] as const,
  ),
)('%s: what the document says comes, at its price', async (_, venue, prefixes, query, weight, shape) => {
  const { call } = await opened(venue)
  for (const prefix of prefixes.split(' ')) {
    const { status, json, headers } = await call(`${prefix}/${query}`, { 'X-MBX-APIKEY': 'mine' })
    expect(status).toBe(200)
    expect(differences(shape, json)).toEqual([])
    const used = venue.rest.usedWeightHeader
    if (used !== undefined && prefix === prefixes.split(' ')[0]) expect(headers.get(used)).toBe(String(weight))
  }
})

const refused = { status: 400 }
const missing = (name: string) => ({
  ...refused,
  json: { code: -1102, msg: `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.` },
})
const wrong = (name: string) => ({
  ...refused,
  json: { code: -1130, msg: `Data sent for parameter '${name}' is not valid.` },
})
const noSymbol = { ...refused, json: { code: -1121, msg: 'Invalid symbol.' } }

test.each([
  ['trades', missing('symbol')],
  ['trades?symbol=', missing('symbol')],
  ['trades?symbol=NOSUCH', noSymbol],
  ['trades?symbol=btcusdt', noSymbol],
  ['trades?symbol=BTCUSDT&limit=0', wrong('limit')],
  ['klines?symbol=BTCUSDT', missing('interval')],
  ['klines?symbol=BTCUSDT&interval=7m', { ...refused, json: { code: -1120, msg: 'Invalid interval.' } }],
  ['klines?symbol=BTCUSDT&interval=1m&timeZone=3', wrong('timeZone')],
  [
    'klines?symbol=BTCUSDT&interval=1m&startTime=2&endTime=1',
    { ...refused, json: { code: -1023, msg: 'Start time is greater than end time.' } },
  ],
  ['ticker/price?symbols=BTCUSDT', wrong('symbols')],
  ['ticker/price?symbols=["BTCUSDT","NOSUCH"]', noSymbol],
  [
    'ticker',
    { ...refused, json: { code: -1102, msg: "Param 'symbol' or 'symbols' must be sent, but both were empty/null!" } },
  ],
  ['ticker?symbol=BTCUSDT&windowSize=9d', wrong('windowSize')],
  ['ticker?symbols=["BTCUSDT"]&windowSize=9d', wrong('windowSize')],
  ['exchangeInfo?symbol=NOSUCH', noSymbol],
])('Binance refuses %s', async (query, answer) => {
  const { call } = await opened(binanceSpot)
  expect(await call(`/api/v3/${query}`)).toMatchObject(answer)
})

test('a second is no interval on Aster, and an hour is the longest time between aggregate trades', async () => {
  const { call } = await opened(asterSpot)
  expect(await call('/api/v1/klines?symbol=BTCUSDT&interval=1s')).toMatchObject({ json: { code: -1120 } })
  const query = `symbol=BTCUSDT&startTime=${start}&endTime=${start + 3_600_001}`
  expect(await call(`/api/v1/aggTrades?${query}`)).toMatchObject({
    json: { code: -1127, msg: 'More than 1 hours between startTime and endTime.' },
  })
})

test('old trades are for those who have a key, where the document says so', async () => {
  const [aster, binance] = await Promise.all([opened(asterFutures), opened(binanceSpot)])
  expect(await aster.call('/fapi/v1/historicalTrades?symbol=BTCUSDT')).toMatchObject({
    status: 401,
    json: { code: -2014 },
  })
  expect(await binance.call('/api/v3/historicalTrades?symbol=BTCUSDT')).toMatchObject({ status: 200 })
})

test('what BingX refuses comes as a success of HTTP', async () => {
  const { call } = await opened(bingxSpot)
  for (const query of [
    'depth',
    'depth?symbol=NO-SUCH',
    'kline?symbol=BTC-USDT&interval=7m',
    'trades?symbol=BTC-USDT&limit=x',
  ])
    expect(await call(`/openApi/spot/v1/market/${query}`)).toMatchObject({ status: 200, json: { code: 100_400 } })
})

test('several symbols, and klines by the days of Hong Kong', async () => {
  const { call } = await opened(binanceSpot, ['BTCUSDT', 'ETHUSDT'])
  const { json } = await call('/api/v3/ticker/price?symbols=["ETHUSDT","BTCUSDT"]')
  expect(json).toMatchObject([{ symbol: 'ETHUSDT' }, { symbol: 'BTCUSDT' }])
  expect(await call('/api/v3/exchangeInfo?symbol=ETHUSDT')).toMatchObject({ json: { symbols: [{ baseAsset: 'ETH' }] } })
  // 2023-11-14 22:13:20 UTC is the fifteenth there.
  const days = await call('/api/v3/klines?symbol=ETHUSDT&interval=1d&timeZone=8')
  expect((days.json as readonly (readonly unknown[])[])[0]?.[0]).toBe(Date.UTC(2023, 10, 14, 16))
})

test('Aster’s prediction markets answer by v3 alone', async () => {
  const { call, addresses } = await opened(asterPrediction)
  for (const path of ['/api/v3/exchangeInfo', '/api/v3/prediction/exchangeInfo'])
    expect(await call(path)).toMatchObject({
      json: { symbols: [{ symbol: 'BTC_UP_DOWN_5M_1778483280_YUSDT', quoteAsset: 'USDT' }] },
    })
  expect((await fetch(`${addresses.rest}/api/v1/exchangeInfo`)).status).toBe(404)
})
