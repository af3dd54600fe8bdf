import { frame } from '../../lib/Signal.js'
import { parse } from '../../lib/parser/parse.js'
import { router } from '../../lib/parser/route.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'

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

test('a name with @ or a leading ! is never an account stream', () => {
  for (const stream of ['btcusdt@nothing', '!nothing', '@', 'listen@key']) {
    const text = JSON.stringify({ stream, data: { e: 'listenKeyExpired', E: 1 } })
    expect(parse(asterFutures)(frame(text, 5))).toEqual({
      _tag: 'Left',
      left: { _tag: 'UnknownStream', stream, text, receivedAt: 5 },
    })
  }
})

test('what comes on a stream is that stream’s, whatever it looks like', () => {
  const depth = '{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":1,"u":2,"pu":0,"b":[],"a":[]}'
  const kindOn = (stream: string) => {
    const parsed = parse(asterFutures)(frame(`{"stream":"${stream}","data":${depth}}`, 5))
    return parsed._tag === 'Right' && 'kind' in parsed.right ? parsed.right.kind : parsed
  }
  expect(kindOn('btcusdt@depth')).toBe('depth')
  expect(kindOn('btcusdt@depth@100ms')).toBe('depth')
  expect(kindOn('btcusdt@depth5')).toBe('partialDepth')
  expect(kindOn('btcusdt@depth5@100ms')).toBe('partialDepth')
  expect(kindOn('btcusdt@trade')).toMatchObject({
    left: { _tag: 'InvalidEvent', kind: 'trade', path: 'e', reason: 'e: expected "trade", came "depthUpdate"' },
  })
})
