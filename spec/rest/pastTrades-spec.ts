import { lastValueFrom, of } from 'rxjs'
import { createBudget } from '../../lib/rest/createBudget.js'
import { createRest } from '../../lib/rest/createRest.js'
import { aggTrades, historicalTrades } from '../../lib/rest/pastTrades.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { asterPrediction } from '../../lib/venues/asterPrediction.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'
import { binanceFutures } from '../../lib/venues/binanceFutures.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'
import type { Venue } from '../../lib/venues/Venue.js'
import { venueInMemory } from './venueInMemory.js'
import { virtual } from './virtual.js'

/** Of a budget that nobody spends. */
const { usage } = createBudget({ weightPerMinute: 9 })

const lab = (venue: Venue, text: string, more: { readonly version?: string; readonly apiKey?: string } = {}) => {
  const { fetch, seen } = venueInMemory(() => ({ text }))
  const weights: number[] = []
  const admit = (weight: number) => {
    weights.push(weight)
    return of(undefined)
  }
  const budget = { admit, used: () => undefined, pause: () => undefined, usage }
  const { scheduler } = virtual(1_000)
  return { rest: createRest({ venue, fetch, scheduler, budget, retry: { count: 0 }, ...more }), seen, weights }
}

/** As the venue's documents show them. */
const aggTradeText =
  '[{"a":26129,"p":"0.01633102","q":"4.70443515","f":27781,"l":27782,"T":1498793709153,"m":true,"M":true}]'
const tradeText =
  '[{"id":28457,"price":"4.00000100","qty":"12.00000000","quoteQty":"48.000012","time":1499865549590,"isBuyerMaker":true,"isBestMatch":true}]'

test('aggregate trades, as the stream would bring them', async () => {
  const { rest, seen, weights } = lab(binanceSpot, aggTradeText)
  expect(await lastValueFrom(aggTrades(rest, { symbol: 'bnbbtc', fromId: 26_129, limit: 10 }))).toEqual([
    {
      ...{
        eventTime: 1498793709153,
        symbol: 'BNBBTC',
        aggregateId: 26129,
        price: '0.01633102',
        quantity: '4.70443515',
      },
      ...{ firstTradeId: 27781, lastTradeId: 27782, tradeTime: 1498793709153, isBuyerMaker: true },
    },
  ])
  expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET https://api.binance.com/api/v3/aggTrades?symbol=BNBBTC&fromId=26129&limit=10',
  ])
  expect(weights).toEqual([4])
})

test('the quantity is that in the base asset, where the venue says both', async () => {
  // As Aster's document of its spot market shows one.
  const text =
    '[{"id":657,"price":"1.01000000","qty":"5.00000000","baseQty":"4.95049505","time":1755156533943,"isBuyerMaker":true}]'
  const { rest } = lab(asterSpot, text, { version: 'v3' })
  expect(await lastValueFrom(historicalTrades(rest, { symbol: 'X', fromId: 657 }))).toMatchObject([
    { tradeId: 657, price: '1.01000000', quantity: '4.95049505' },
  ])
})

test('trades, as the stream would bring them', async () => {
  const { rest, seen, weights } = lab(binanceSpot, tradeText)
  expect(await lastValueFrom(historicalTrades(rest, { symbol: 'BNBBTC', fromId: 28_457 }))).toEqual([
    {
      ...{ eventTime: 1499865549590, symbol: 'BNBBTC', tradeId: 28457, price: '4.00000100', quantity: '12.00000000' },
      ...{ tradeTime: 1499865549590, isBuyerMaker: true },
    },
  ])
  expect(seen.map(({ url }) => url)).toEqual([
    'https://api.binance.com/api/v3/historicalTrades?symbol=BNBBTC&fromId=28457&limit=1000',
  ])
  expect(weights).toEqual([25])
})

test.each<[Venue, string, string]>([
  [asterFutures, 'v3', 'https://fapi.asterdex.com/fapi/v3'],
  [asterFutures, 'v1', 'https://fapi.asterdex.com/fapi/v1'],
  [asterSpot, 'v3', 'https://sapi.asterdex.com/api/v3'],
  [asterSpot, 'v1', 'https://sapi.asterdex.com/api/v1'],
  [asterPrediction, 'v3', 'https://papi.asterdex.com/api/v3'],
])('%# Aster, 20 a call, single trades of v1 with the key', async (venue, version, prefix) => {
  const { rest, seen, weights } = lab(venue, '[]', { version, apiKey: 'my key' })
  expect(await lastValueFrom(aggTrades(rest, { symbol: 'X', fromId: 1 }))).toEqual([])
  expect(await lastValueFrom(historicalTrades(rest, { symbol: 'X', fromId: 1 }))).toEqual([])
  expect(seen.map(({ url, headers }) => [url, headers])).toEqual([
    [`${prefix}/aggTrades?symbol=X&fromId=1&limit=1000`, {}],
    [`${prefix}/historicalTrades?symbol=X&fromId=1&limit=1000`, version === 'v1' ? { 'X-MBX-APIKEY': 'my key' } : {}],
  ])
  expect(weights).toEqual([20, 20])
})

test('Binance’s futures, whose single trades come with the key, 500 at a time', async () => {
  const { rest, seen, weights } = lab(binanceFutures, '[]', { apiKey: 'my key' })
  await lastValueFrom(aggTrades(rest, { symbol: 'X', fromId: 1 }))
  await lastValueFrom(historicalTrades(rest, { symbol: 'X', fromId: 1 }))
  expect(seen.map(({ url, headers }) => [url, headers])).toEqual([
    ['https://fapi.binance.com/fapi/v1/aggTrades?symbol=X&fromId=1&limit=1000', {}],
    ['https://fapi.binance.com/fapi/v1/historicalTrades?symbol=X&fromId=1&limit=500', { 'X-MBX-APIKEY': 'my key' }],
  ])
  expect(weights).toEqual([20, 20])
})

test('what is missing is said at once', () => {
  const bingx = lab(bingxSpot, '[]').rest
  const request = { symbol: 'X', fromId: 1 }
  expect(() => aggTrades(bingx, request)).toThrow(new TypeError('bingxSpot gives no such trades in its REST v1'))
  expect(() => historicalTrades(bingx, request)).toThrow(TypeError)
  expect(() => historicalTrades(lab(asterSpot, '[]', { version: 'v1' }).rest, request)).toThrow(
    /expected createRest to get an apiKey/,
  )
})

test.each([
  ['no list', '{}'],
  ['a row without its id', '[{"p":"1","q":"1","f":1,"l":1,"T":1,"m":true}]'],
  ['a number for a price', '[{"a":1,"p":1,"q":"1","f":1,"l":1,"T":1,"m":true}]'],
])('%s is a typed error', async (_, text) => {
  const { rest } = lab(binanceSpot, text)
  await expect(lastValueFrom(aggTrades(rest, { symbol: 'X', fromId: 1 }))).rejects.toMatchObject({
    failure: { kind: 'body' },
  })
})
