import { byRoute } from '../../../lib/communicators/websocket/session/byRoute.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { binanceFutures } from '../../../lib/venues/binanceFutures.js'
import { router } from '../../../lib/venues/router.js'
import { inMemory, statuses } from './inMemory.js'

const host = 'wss://fstream.binance.com'

test('streams by their routes: all of a venue without routes at one', () => {
  const names = ['btcusdt@depth@100ms', 'btcusdt@aggTrade', 'btcusdt@trade', '!bookTicker']
  expect(byRoute(router(binanceFutures), names, new Set(['btcusdt@trade', 'btcusdt@aggTrade']))).toEqual(
    new Map([
      ['/public', new Set(['btcusdt@depth@100ms', 'btcusdt@trade', '!bookTicker'])],
      ['/market', new Set(['btcusdt@aggTrade', 'btcusdt@trade'])],
    ]),
  )
  expect(byRoute(router(asterFutures), names, new Set(names))).toEqual(new Map([['', new Set(names)]]))
  expect(byRoute(router(binanceFutures), [], new Set())).toEqual(new Map())
})

test('each route has connections of its own, and what is wanted later goes where it comes', () => {
  const run = inMemory(['btcusdt@depth@100ms', 'btcusdt@markPrice'], {}, binanceFutures)
  run.pass(10)
  expect(run.open().map(({ url }) => url)).toEqual([
    `${host}/public/stream?streams=btcusdt@depth@100ms`,
    `${host}/market/stream?streams=btcusdt@markPrice`,
  ])
  run.want('btcusdt@depth@100ms', 'btcusdt@markPrice', 'btcusdt@kline_1m', '!bookTicker')
  run.pass(1_000)
  const [first, second] = run.open()
  expect(run.open()).toHaveLength(2)
  expect(first?.names).toEqual(new Set(['btcusdt@depth@100ms', '!bookTicker']))
  expect(second?.names).toEqual(new Set(['btcusdt@markPrice', 'btcusdt@kline_1m']))
  run.want('btcusdt@kline_1m')
  run.pass(1_000)
  expect(run.open()).toEqual([second])
  expect(second?.names).toEqual(new Set(['btcusdt@kline_1m']))
  run.want()
  run.pass(1_000)
  expect(run.open()).toEqual([])
  run.end()
})

test('what is lost at one route comes back there, and the other is left alone', () => {
  const run = inMemory(['btcusdt@depth@100ms', 'btcusdt@markPrice'], {}, binanceFutures)
  run.pass(10)
  const [first, second] = run.open()
  first?.put({ _tag: 'Closed', code: 1006, reason: '' })
  run.pass(1_000)
  expect(run.open()).toEqual([second, run.last()])
  expect(run.last().url).toBe(`${host}/public/stream?streams=btcusdt@depth@100ms`)
  expect(statuses(run.signals, 'Disconnected').map(({ source }) => source?.id)).toEqual(['binanceFutures-1'])
  run.end()
})

test('F16 a trade stream that is silent at one route is asked for at the other, too', () => {
  const run = inMemory(['btcusdt@trade', 'btcusdt@bookTicker'], { silence: { trade: 10_000 } }, binanceFutures)
  run.pass(10)
  const [first] = run.open()
  expect(run.open()).toHaveLength(1)
  for (let i = 0; i < 10; i++) {
    first?.data('btcusdt@bookTicker')
    run.pass(1_000)
  }
  run.pass(100)
  expect(statuses(run.signals, 'Silent').map(({ stream }) => stream)).toEqual(['btcusdt@trade'])
  expect(run.last().url).toBe(`${host}/market/stream?streams=btcusdt@trade`)
  expect(run.last().isOpen()).toBe(true)
  expect(first?.names).toEqual(new Set(['btcusdt@bookTicker', 'btcusdt@trade']))
  // The other route brings it: nobody hopes for it here any more.
  const second = run.last()
  for (let i = 0; i < 300; i++) {
    first?.data('btcusdt@bookTicker')
    second.data('btcusdt@trade')
    run.pass(1_000)
  }
  expect(run.open()).toEqual([first, second])
  expect(statuses(run.signals, 'Probing')).toEqual([])
  // When that one is quiet, too, it is asked for over another connection of the last route.
  for (let i = 0; i < 30; i++) {
    first?.data('btcusdt@bookTicker')
    run.pass(1_000)
  }
  expect(statuses(run.signals, 'Probing')).toHaveLength(1)
  expect(run.last().url).toBe(`${host}/market/stream?streams=btcusdt@trade`)
  run.want('btcusdt@bookTicker')
  run.pass(1_000)
  expect(run.open()).toEqual([first])
  run.want('btcusdt@bookTicker', 'btcusdt@trade')
  run.pass(1_000)
  expect(run.open()).toEqual([first])
  run.end()
})
