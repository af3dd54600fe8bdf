import { parse } from '../../lib/parser/parse.js'
import { frame } from '../../lib/Signal.js'
import { binanceFutures } from '../../lib/venues/binanceFutures.js'
import type { StreamRow } from '../../lib/venues/Venue.js'

/** By the documents: what follows the book is public, and everything else of the market another route. */
test.each([
  ['bookTicker', ['/public']],
  ['bookTickers', ['/public']],
  ['depth', ['/public']],
  ['partialDepth', ['/public']],
  ['trade', ['/public', '/market']],
  ['aggTrade', ['/market']],
  ['kline', ['/market']],
  ['miniTicker', ['/market']],
  ['miniTickers', ['/market']],
  ['ticker', ['/market']],
  ['tickers', ['/market']],
  ['markPrice', ['/market']],
  ['markPrices', ['/market']],
  ['forceOrder', ['/market']],
  ['forceOrders', ['/market']],
] as const)('%s comes at %j', (kind, routes) => {
  expect(binanceFutures.streams[kind].routes).toEqual(routes)
})

test('no kind is without a route', () => {
  expect(Object.keys(binanceFutures.streams)).toHaveLength(15)
  expect(Object.values<StreamRow>(binanceFutures.streams).filter(({ routes }) => routes === undefined)).toEqual([])
})

test('an account comes at the third', () => {
  expect(binanceFutures.dialect.account('a/b')).toBe('/private/ws/a%2Fb')
})

test.each([
  'btcusdt_perpetual@continuousKline_1m',
  '!contractInfo',
  'defiusdt@compositeIndex',
  '!assetIndex@arr',
  'btcusdt@tradepro',
])('%s is unknown, and has its name', (stream) => {
  expect(parse(binanceFutures)(frame(JSON.stringify({ stream, data: { e: 'more', E: 1 } }), 0))).toMatchObject({
    left: { _tag: 'UnknownStream', stream },
  })
})

test.each(['ALGO_UPDATE', 'CONDITIONAL_ORDER_TRIGGER_REJECT', 'STRATEGY_UPDATE', 'GRID_UPDATE'])(
  'the account event %s is unknown, and has its name',
  (event) => {
    expect(parse(binanceFutures)(frame(JSON.stringify({ e: event, E: 1, T: 1 }), 0))).toMatchObject({
      left: { _tag: 'UnknownStream', event },
    })
  },
)
