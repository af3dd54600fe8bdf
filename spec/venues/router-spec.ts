import { router } from '../../lib/venues/router.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'
import { withTimeUnit } from '../../lib/venues/withTimeUnit.js'

test.each([
  ['btcusdt@depth', 'depth'],
  ['btcusdt@depth@100ms', 'depth'],
  ['btcusdt@depth@0ms', 'depth'],
  ['btcusdt@depth5', 'partialDepth'],
  ['btcusdt@depth10', 'partialDepth'],
  ['btcusdt@depth20@500ms', 'partialDepth'],
  ['btcusdt@depth5@100ms', 'partialDepth'],
  ['btcusdt@depth6', undefined],
  ['btcusdt@depth50', undefined],
  ['btcusdt@depth100ms', undefined],
  ['btcusdt@depth@', undefined],
  ['btcusdt@depth@100', undefined],
  ['btcusdt@depth@1s', undefined],
  ['btcusdt@depth@100ms@x', undefined],
  ['btcusdt@xdepth', undefined],
  ['xdepth', undefined],
  ['@depth', undefined],
  ['!depth', undefined],
  ['btcusdt@@depth', undefined],
  ['btcusdt@trade@depth', undefined],
  ['btcusdt@depth\n', undefined],
  ['btcusdt@trade', 'trade'],
  ['btcusdt@tradepro', 'tradePro'],
  ['btcusdt@tradePro', undefined],
  ['btcusdt@aggTrade', 'aggTrade'],
  ['btcusdt@aggtrade', undefined],
  ['btcusdt@kline_1m', 'kline'],
  ['btcusdt@kline_1M', 'kline'],
  ['btcusdt@kline_1s', undefined],
  ['btcusdt@kline_7m', undefined],
  ['btcusdt@kline_1m@+08:00', undefined],
  ['btcusdt@miniTicker', 'miniTicker'],
  ['!miniTicker@arr', 'miniTickers'],
  ['!miniTicker@arr@1s', undefined],
  ['btcusdt@ticker', 'ticker'],
  ['!ticker@arr', 'tickers'],
  ['btcusdt@bookTicker', 'bookTicker'],
  ['!bookTicker', 'bookTickers'],
  ['btcusdt@markPrice', 'markPrice'],
  ['btcusdt@markPrice@1s', 'markPrice'],
  ['btcusdt@markPrice@3s', undefined],
  ['!markPrice@arr', 'markPrices'],
  ['!markPrice@arr@1s', 'markPrices'],
  ['btcusdt@forceOrder', 'forceOrder'],
  ['!forceOrder@arr', 'forceOrders'],
  ['btc_up_down_5m_1778483280_yusdt@trade', 'trade'],
  ['btcusdt_240927@markPrice', 'markPrice'],
  ['btc@assetIndex', undefined],
  ['btcusdt@avgPrice', undefined],
  ['', undefined],
  ['account', undefined],
])('%j is %s', (name, kind) => {
  const route = router(asterFutures)
  expect(route(name)?.kind).toBe(kind)
  expect(route(name)?.kind).toBe(kind)
})

test.each([
  ['btcusdt@kline_1s', 'kline'],
  ['btcusdt@kline_1m@+08:00', 'kline'],
  ['btcusdt@kline_1m@+09:00', undefined],
  ['btcusdt@ticker_1h', 'windowTicker'],
  ['btcusdt@ticker_2h', undefined],
  ['!ticker_4h@arr', 'windowTickers'],
  ['btcusdt@avgPrice', 'avgPrice'],
  ['btcusdt@referencePrice', 'referencePrice'],
  ['btcusdt@blockTrade', 'blockTrade'],
  ['!serverShutdown', 'serverShutdown'],
  ['btcusdt@markPrice', undefined],
])('on Binance %j is %s', (name, kind) => {
  expect(router(binanceSpot)(name)?.kind).toBe(kind)
})

test('a route says the symbol as payloads write it', () => {
  const route = router(asterSpot)
  expect(route('btcusdt@trade')).toMatchObject({ kind: 'trade', stream: 'btcusdt@trade', symbol: 'BTCUSDT' })
  expect(route('!ticker@arr')?.symbol).toBeUndefined()
})

test('names are remembered, and forgetting them changes nothing', () => {
  const route = router(asterFutures)
  const first = route('btcusdt@trade')
  expect(route('btcusdt@trade')).toBe(first)
  for (let i = 0; i < 20_001; i++) route(`coin${i}usdt@nothing`)
  const again = route('btcusdt@trade')
  expect(again).not.toBe(first)
  expect(again).toEqual(first)
})

test('a route says the row, and what stands in the name', () => {
  expect(router(asterFutures)('btcusdt@depth20@500ms')).toMatchObject({
    row: asterFutures.streams.partialDepth,
    parameters: { symbol: 'btcusdt', levels: '20', speed: '500ms' },
    isAccount: false,
  })
  expect(router(bingxSpot)('ACCOUNT_UPDATE')).toMatchObject({ kind: 'accountUpdate', parameters: {}, isAccount: true })
})

test('all who ask about a venue have one router', () => {
  expect(router(binanceSpot)).toBe(router(binanceSpot))
  expect(router(withTimeUnit(binanceSpot, 'microsecond'))).not.toBe(router(binanceSpot))
})

test.each([
  ['!serverShutdown', true],
  ['btcusdt@trade', undefined],
])('%s comes unasked: %j', (name, unasked) => expect(router(binanceSpot)(name)?.row.unasked).toBe(unasked))

test.each([
  ['!ticker@arr', '2026-03'],
  ['!bookTicker', '2022'],
  ['btcusdt@ticker', undefined],
])('%s was retired: %j', (name, retired) => expect(router(binanceSpot)(name)?.row.retired).toBe(retired))
