import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { asterPrediction } from '../../../lib/venues/asterPrediction.js'
import { asterSpot } from '../../../lib/venues/asterSpot.js'
import { binanceFutures } from '../../../lib/venues/binanceFutures.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import type { Venue } from '../../../lib/venues/Venue.js'
import { bareClient, roundTrip, venueFor } from '../host/bareClient.js'
import { clockAt } from '../host/clockAt.js'
import { decimal, differences, flag, integer, is, keys, levels, like, ms, text, type Shape } from './Shape.js'

/*
 * What each venue sends, as its documents write it: just these keys, in any order, of just these types. Nothing here
 * comes from our codecs.
 */

const head = (e: string) => ({ e: is(e), E: ms, s: is('BTCUSDT') })

const aggTrade = { ...head('aggTrade'), a: integer, p: decimal, q: decimal, f: integer, l: integer, T: ms, m: flag }
const trade = { ...head('trade'), t: integer, p: decimal, q: decimal, T: ms, m: flag }
const ignored = { M: is(true) }
const bar = { f: integer, L: integer, o: decimal, c: decimal, h: decimal, l: decimal, v: decimal, n: integer }
const kline = (i: string) =>
  keys({
    ...head('kline'),
    k: keys({
      ...{ t: ms, T: ms, s: is('BTCUSDT'), i: is(i), ...bar },
      ...{ x: flag, q: decimal, V: decimal, Q: decimal, B: decimal },
    }),
  })
const sums = { c: decimal, o: decimal, h: decimal, l: decimal, v: decimal, q: decimal }
const miniTicker = keys({ ...head('24hrMiniTicker'), ...sums })
const change = { p: decimal, P: decimal, w: decimal, O: ms, C: ms, F: integer, L: integer, n: integer }
const ticker = { ...head('24hrTicker'), ...sums, ...change, Q: decimal }
const best = { b: decimal, B: decimal, a: decimal, A: decimal }
const windowTicker = (e: string) => keys({ ...head(e), ...sums, ...change })
const bookTicker = { u: integer, s: is('BTCUSDT'), ...best }
const timedBookTicker = keys({ ...bookTicker, e: is('bookTicker'), E: ms, T: ms })
const depth = { ...head('depthUpdate'), U: integer, u: integer, b: levels, a: levels }
const linkedDepth = keys({ ...depth, T: ms, pu: integer })
const bareDepth = keys({ lastUpdateId: integer, bids: levels, asks: levels })
const markPrice = keys({ ...head('markPriceUpdate'), p: decimal, i: decimal, P: decimal, r: decimal, T: ms })
const order = {
  ...{ s: is('BTCUSDT'), S: is('BUY', 'SELL'), o: is('LIMIT'), f: is('IOC'), q: decimal, p: decimal, ap: decimal },
  ...{ X: is('FILLED'), l: decimal, z: decimal, T: ms },
}
const forceOrder = keys({ e: is('forceOrder'), E: ms, o: keys(order) })
const address = like(/^(0x[0-9a-f]{40}|hidden)$/)
const tradePro = keys({
  ...{ ...head('tradepro'), T: ms, t: integer, p: decimal, q: decimal },
  ...{ h: like(/^0x[0-9a-f]{64}$/), m: [address] },
})

const aster = {
  'btcusdt@aggTrade': keys(aggTrade),
  'btcusdt@kline_1m': kline('1m'),
  'btcusdt@kline_1M': kline('1M'),
  'btcusdt@miniTicker': miniTicker,
  '!miniTicker@arr': [miniTicker],
  'btcusdt@ticker': keys(ticker),
  '!ticker@arr': [keys(ticker)],
  'btcusdt@bookTicker': timedBookTicker,
  '!bookTicker': timedBookTicker,
  'btcusdt@depth': linkedDepth,
  'btcusdt@depth@100ms': linkedDepth,
  'btcusdt@depth5': linkedDepth,
  'btcusdt@depth20@100ms': linkedDepth,
} as const

const futures = {
  'btcusdt@trade': keys({ ...trade, X: is('MARKET') }),
  'btcusdt@markPrice': markPrice,
  'btcusdt@markPrice@1s': markPrice,
  '!markPrice@arr': [markPrice],
  '!markPrice@arr@1s': [markPrice],
  'btcusdt@forceOrder': forceOrder,
  // One object, although the name says otherwise.
  '!forceOrder@arr': forceOrder,
} as const

const expected: readonly (readonly [string, Venue, Readonly<Record<string, Shape>>])[] = [
  ['Aster spot', asterSpot, { ...aster, 'btcusdt@trade': keys(trade), 'btcusdt@tradepro': tradePro }],
  ['Aster futures', asterFutures, { ...aster, ...futures, 'btcusdt@tradepro': tradePro }],
  ['Binance futures', binanceFutures, { ...aster, ...futures }],
  [
    'Binance spot',
    binanceSpot,
    {
      'btcusdt@aggTrade': keys({ ...aggTrade, ...ignored }),
      'btcusdt@trade': keys({ ...trade, ...ignored }),
      'btcusdt@blockTrade': keys({ ...trade, e: is('blockTrade') }),
      'btcusdt@kline_1s': kline('1s'),
      'btcusdt@kline_1m': kline('1m'),
      'btcusdt@kline_1d@+08:00': kline('1d'),
      'btcusdt@miniTicker': miniTicker,
      '!miniTicker@arr': [miniTicker],
      'btcusdt@ticker': keys({ ...ticker, x: decimal, ...best }),
      'btcusdt@ticker_1h': windowTicker('1hTicker'),
      'btcusdt@ticker_4h': windowTicker('4hTicker'),
      'btcusdt@ticker_1d': windowTicker('1dTicker'),
      '!ticker_1h@arr': [windowTicker('1hTicker')],
      // Neither e nor times.
      'btcusdt@bookTicker': keys(bookTicker),
      // Neither T nor pu.
      'btcusdt@depth': keys(depth),
      'btcusdt@depth@100ms': keys(depth),
      // Neither e nor s.
      'btcusdt@depth5': bareDepth,
      'btcusdt@depth20@100ms': bareDepth,
      'btcusdt@avgPrice': keys({ ...head('avgPrice'), i: is('5m'), w: decimal, T: ms }),
      'btcusdt@referencePrice': keys({
        e: is('referencePrice'),
        s: is('BTCUSDT'),
        r: like(/^\d+\.\d+$/),
        t: ms,
      }),
    },
  ],
]

const start = 1_700_000_000_000

const run = async (venue: Venue, names: readonly string[], isCombined: boolean) => {
  const { addresses, controls } = await venueFor({ venue, seed: 7, scheduler: clockAt(start) })
  const routes = new Set(names.map((name) => routeOf(venue, name)))
  const clients = await Promise.all(
    [...routes].map((route) => {
      const here = names.filter((name) => routeOf(venue, name) === route).join('/')
      return bareClient(`${addresses.websocket}${route}${isCombined ? '/stream?streams=' : '/ws/'}${here}`)
    }),
  )
  controls.step(300)
  await Promise.all(clients.map(({ socket }) => roundTrip(socket)))
  return clients.flatMap(({ texts }) => texts).map((frame) => JSON.parse(frame) as unknown)
}

/** By the documents: what follows the book is public, and everything else of the market another route. */
const routeOf = ({ name: venue }: Venue, name: string): string => {
  if (venue !== 'binanceFutures') return ''
  return /@depth|@?bookTicker|@trade$/i.test(name) ? '/public' : '/market'
}

const wrapped = keys({ stream: text, data: { is: 'anything', holds: (u) => u !== undefined } })

test.each(expected)('%s says each stream with its own keys', async (_, venue, shapes) => {
  const frames = await run(venue, Object.keys(shapes), true)
  expect(frames.flatMap((frame) => differences(wrapped, frame))).toEqual([])
  const of = (name: string) => (frames as readonly { stream: string; data: unknown }[]).filter((f) => f.stream === name)
  expect(Object.keys(shapes).filter((name) => of(name).length === 0)).toEqual([])
  const wrong = Object.entries(shapes).flatMap(([name, shape]) =>
    of(name).flatMap(({ data }) => differences(shape, data, name)),
  )
  expect(wrong).toEqual([])
})

test.each(expected)('%s says the same raw', async (_, venue, shapes) => {
  for (const name of ['btcusdt@trade', 'btcusdt@depth5', '!miniTicker@arr']) {
    const frames = await run(venue, [name], false)
    const shape = shapes[name]
    expect(frames.length).toBeGreaterThan(0)
    expect(frames.flatMap((frame) => (shape === undefined ? [name] : differences(shape, frame)))).toEqual([])
  }
})

test('Aster prediction says what happens to a market', async () => {
  const symbol = 'BTC_UP_DOWN_5M_1778483280_YUSDT'
  const event = {
    ...{ m: is('btc_up_down_5m'), y: is(symbol), n: is('BTC_UP_DOWN_5M_1778483280_NUSDT'), p: decimal, t: ms },
  }
  const { addresses, controls } = await venueFor({ venue: asterPrediction, seed: 7, scheduler: clockAt(start) })
  const names = [`btc_up_down_5m@event`, `${symbol.toLowerCase()}@depth@100ms`]
  const { socket, texts } = await bareClient(`${addresses.websocket}/stream?streams=${names.join('/')}`)
  controls.step(3_100)
  await roundTrip(socket)
  const frames = texts.map((frame) => JSON.parse(frame) as { stream: string; data: { e: string; t: number } })
  const told = frames.filter(({ stream }) => stream === names[0]).map(({ data }) => data)
  const [first, ...others] = told
  const settled = others.filter(({ e }) => e === 'market_start')
  expect(differences(keys({ ...event, e: is('market_start') }), first)).toEqual([])
  expect(settled.map(({ t }) => t)).toEqual([start + 300_000])
  expect(
    settled.flatMap((data) =>
      differences(keys({ ...event, e: is('market_start'), r: integer, w: is('Y', 'N') }), data),
    ),
  ).toEqual([])
  const between = others.filter(({ e }) => e !== 'market_start')
  expect(between).toHaveLength(308)
  expect(between.flatMap((data) => differences(keys({ ...event, e: is('market_twap') }), data))).toEqual([])
  const depths = frames.filter(({ stream }) => stream === names[1]).map(({ data }) => data)
  const own = keys({ ...depth, T: ms, pu: integer, s: is(symbol) })
  expect(depths.length).toBeGreaterThan(100)
  expect(depths.flatMap((data) => differences(own, data))).toEqual([])
})

test.each<readonly [string, Venue, string, Shape]>([
  ['Aster spot v1', asterSpot, '/api/v1', keys({ lastUpdateId: integer, bids: levels, asks: levels, E: ms, T: ms })],
  ['Aster spot v3', asterSpot, '/api/v3', keys({ lastUpdateId: integer, bids: levels, asks: levels, E: ms, T: ms })],
  [
    'Aster futures',
    asterFutures,
    '/fapi/v3',
    keys({ lastUpdateId: integer, bids: levels, asks: levels, E: ms, T: ms }),
  ],
  [
    'Binance futures',
    binanceFutures,
    '/fapi/v1',
    keys({ lastUpdateId: integer, bids: levels, asks: levels, E: ms, T: ms }),
  ],
  ['Binance spot', binanceSpot, '/api/v3', bareDepth],
])('%s answers snapshots and the time with their own keys', async (_, venue, path, snapshot) => {
  const { addresses } = await venueFor({ venue, scheduler: clockAt(start) })
  const get = async (call: string) => (await fetch(`${addresses.rest}${path}/${call}`)).json()
  expect(differences(snapshot, await get('depth?symbol=BTCUSDT&limit=5'))).toEqual([])
  expect(await get('time')).toEqual({ serverTime: start })
})
