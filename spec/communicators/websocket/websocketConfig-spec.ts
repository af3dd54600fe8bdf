import { asyncScheduler, firstValueFrom, NEVER, type SchedulerLike } from 'rxjs'
import type { WebsocketConfig } from '../../../lib/communicators/websocket/websocketConfig.js'
import { websocketCommunicator } from '../../../lib/communicators/websocket/websocketCommunicator.js'
import {
  collectTime,
  connectionSettings,
  type ConnectionConfig,
} from '../../../lib/communicators/websocket/websocketConfig.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'
import type { Venue } from '../../../lib/venues/Venue.js'

const settingsOf = (venue: Venue, config: ConnectionConfig) =>
  connectionSettings(venue, config, () => ({ event$: NEVER, send: () => undefined }))

describe('websocketConfig', () => {
  test('the defaults', () => {
    const settings = settingsOf(asterFutures, {})
    expect(settings).toMatchObject({
      ...{ endpoints: ['wss://fstream.asterdex.com'], name: 'asterFutures' },
      ...{ connectTimeout: 10_000, acknowledgeTimeout: 10_000, inactivity: 60_000 },
      ...{ pingEvery: 20_000, missedPongs: 2, badFrames: 10, rotateBefore: 600_000, overlap: 5_000 },
      reconnect: { delay: 500, maxDelay: 30_000, stableAfter: 60_000 },
      ...{ rotate$: NEVER, scheduler: asyncScheduler, random: Math.random },
    })
    expect(collectTime({})).toBe(50)
    const before = performance.timeOrigin + performance.now()
    expect(settings.clock()).toBeGreaterThanOrEqual(before)
    expect(settings.clock()).toBeLessThanOrEqual(performance.timeOrigin + performance.now())
  })

  test.each<[name: string, given: WebsocketConfig['silence'], expected: number, venue: Venue]>([
    ['btcusdt@depth@100ms', {}, 60_000, asterFutures],
    ['btcusdt@aggTrade', {}, 300_000, asterFutures],
    ['btcusdt@forceOrder', {}, Infinity, asterFutures],
    ['btcusdt@depth@100ms', 30_000, 30_000, asterFutures],
    ['btcusdt@aggTrade', 30_000, 30_000, asterFutures],
    ['btcusdt@forceOrder', 30_000, 30_000, asterFutures],
    ['btcusdt@depth@100ms', { depth: 7, forceOrder: 8 }, 7, asterFutures],
    ['btcusdt@forceOrder', { depth: 7, forceOrder: 8 }, 8, asterFutures],
    ['btcusdt@aggTrade', { depth: 7, forceOrder: 8 }, 300_000, asterFutures],
    ['btcusdt@aggTrade', { aggTrade: Infinity }, Infinity, asterFutures],
    ['nosuch', 30_000, Infinity, asterFutures],
    ['spot.executionReport', 30_000, Infinity, bingxSpot],
  ])('F51 %s, where %j is given, may be quiet for %d ms', (name, silence, expected, venue) =>
    expect(settingsOf(venue, silence === undefined ? {} : { silence }).silenceOf(name)).toBe(expected),
  )

  test.each([
    [0, '`silence` of at least 1, came 0: leave it out for its default'],
    [{ depth: NaN }, '`silence` of depth of at least 1, came NaN: leave it out for its default'],
    [{ dept: 7 }, expect.stringMatching(/^`silence` by kinds of streams, came dept: one of aggTrade, trade, kline/)],
  ])('F51 a silence of %j is thrown', (silence, expected: unknown) => {
    let thrown: unknown
    try {
      websocketCommunicator(asterFutures, { silence })
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(TypeError)
    expect((thrown as TypeError).message.replace('websocketCommunicator: expected ', '')).toEqual(expected)
  })

  test('what is given counts', () => {
    const reconnect = { delay: 1, maxDelay: 2 }
    const given = {
      name: 'x',
      connectTimeout: 3,
      overlap: 0,
      random: () => 0.1,
      inactivity: Infinity,
      pingEvery: Infinity,
    }
    expect(settingsOf(asterFutures, { ...given, reconnect })).toMatchObject({
      ...given,
      reconnect: { ...reconnect, stableAfter: 60_000 },
    })
    expect(collectTime({ collect: 0 })).toBe(0)
  })

  test('the clock of a scheduler that is given, unless there is another', () => {
    const scheduler: SchedulerLike = { now: () => 7, schedule: asyncScheduler.schedule.bind(asyncScheduler) }
    expect(settingsOf(asterFutures, { scheduler }).clock()).toBe(7)
    expect(settingsOf(asterFutures, { scheduler, clock: () => 8 }).clock()).toBe(8)
  })

  test('what happens is never before what happened', () => {
    const times = [5, 3, 4, 6]
    const { stamp } = settingsOf(asterFutures, { clock: () => times.shift() ?? 0 })
    expect([stamp(), stamp(), stamp(), stamp(), stamp()]).toEqual([5, 5, 5, 6, 6])
  })

  test.each([
    ['ws://127.0.0.1:80', 'ws://127.0.0.1:80'],
    ['wss://host/', 'wss://host'],
    ['wss://host/market//', 'wss://host/market'],
  ])('the endpoint %s', (endpoint, expected) =>
    expect(settingsOf(asterFutures, { endpoint }).endpoints).toEqual([expected]),
  )

  test.each([
    'host',
    'http://host',
    'wss://',
    'wss://host?a=1',
    'wss://user:SECRET@host',
    'wss://host/#x',
    'wss://a b',
  ])('the endpoint %s is thrown, and not shown', (endpoint) =>
    expect(() => websocketCommunicator(asterFutures, { endpoint })).toThrow(
      new TypeError(
        'websocketCommunicator: expected `endpoint` like wss://host:port, came something else: give no query, and no user name',
      ),
    ),
  )

  test.each([
    ['connectTimeout', 0, 1],
    ['inactivity', -1, 1],
    ['missedPongs', NaN, 1],
    ['badFrames', 0, 1],
    ['overlap', -1, 0],
    ['rotateBefore', -1, 0],
  ])('%s of %d is thrown', (name, value, least) =>
    expect(() => websocketCommunicator(asterFutures, { [name]: value })).toThrow(
      new TypeError(
        `websocketCommunicator: expected \`${name}\` of at least ${least}, came ${value}: leave it out for its default`,
      ),
    ),
  )

  test('so are delays and a collecting that cannot be meant', () => {
    expect(() => websocketCommunicator(asterFutures, { reconnect: { maxDelay: 0 } })).toThrow(
      new TypeError('websocketCommunicator: expected `maxDelay` of at least 1, came 0: leave it out for its default'),
    )
    expect(() => websocketCommunicator(asterFutures, { reconnect: { stableAfter: 0 } })).not.toThrow()
    expect(() => websocketCommunicator(asterFutures, { collect: -1 })).toThrow(
      new TypeError('websocketCommunicator: expected `collect` in ms, 0 or more, came -1: 0 asks at once'),
    )
  })

  test('order books are asked for by what the config gives', () => {
    const snapshot = () => NEVER
    expect(websocketCommunicator(asterFutures, { snapshot }).snapshot).toBe(snapshot)
    expect('scheduler' in websocketCommunicator(asterFutures)).toBe(false)
  })

  test('order books are asked for where the sockets are: of the venue itself, or as `rest` says', () => {
    const has = (config: WebsocketConfig, venue: Venue = asterFutures) =>
      websocketCommunicator(venue, config).snapshot !== undefined
    expect(has({})).toBe(true)
    expect(has({ endpoint: 'ws://127.0.0.1:1' })).toBe(false)
    expect(has({ endpoint: 'ws://127.0.0.1:1', rest: { endpoint: 'http://127.0.0.1:1' } })).toBe(true)
    expect(has({}, bingxSpot)).toBe(false)
  })

  test('`rest` is what asks', async () => {
    const asked: string[] = []
    const fetch = (url: string) => {
      asked.push(url)
      return Promise.resolve(new Response('{"lastUpdateId":7,"bids":[],"asks":[]}'))
    }
    const { snapshot } = websocketCommunicator(asterFutures, { rest: { fetch } })
    const reply = snapshot === undefined ? undefined : await firstValueFrom(snapshot('BTCUSDT'))
    expect(reply).toMatchObject({ _tag: 'Reply', symbol: 'BTCUSDT' })
    expect(asked).toEqual(['https://fapi.asterdex.com/fapi/v3/depth?symbol=BTCUSDT&limit=1000'])
  })

  test('the fallback of a venue follows its own endpoint, unless another one is given', () => {
    expect(settingsOf(bingxSpot, {}).endpoints).toEqual([
      'wss://open-api-ws.bingx.com/market',
      'wss://open-api-ws.bingx.pro/market',
    ])
    expect(settingsOf(bingxSpot, { endpoint: 'ws://host' }).endpoints).toEqual(['ws://host'])
  })
})
