import { lastValueFrom, NEVER, of } from 'rxjs'
import { createBudget } from '../../lib/rest/createBudget.js'
import { createRest } from '../../lib/rest/createRest.js'
import { depthSnapshot } from '../../lib/rest/depthSnapshot.js'
import type { OnProgress } from '../../lib/timing/RequestProgress.js'
import { messageOf } from '../../lib/communicators/messageOf.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import type { Venue } from '../../lib/venues/Venue.js'
import { failure } from './failure.js'
import { venueInMemory, type Said } from './venueInMemory.js'
import { virtual } from './virtual.js'

/** Of a budget that nobody spends. */
const { usage } = createBudget({ weightPerMinute: 9 })

const text = '{ "lastUpdateId": 7, "bids": [["4.00","1"]], "asks": [], "E": 5, "T": 4, "extra": 1 }'

const lab = (venue: Venue, version?: string) => {
  const { fetch, seen } = venueInMemory(() => ({ text }))
  const { scheduler } = virtual(1_000)
  const weights: number[] = []
  const admit = (weight: number) => {
    weights.push(weight)
    return of(undefined)
  }
  const budget = { admit, used: () => undefined, pause: () => undefined, usage }
  const rest = createRest({ venue, fetch, scheduler, budget, ...(version !== undefined && { version }) })
  return { rest, seen, weights }
}

test('the text as it came, and when', async () => {
  const { rest, seen, weights } = lab(asterFutures)
  expect(await lastValueFrom(depthSnapshot(rest, { symbol: 'btcUSDT' }))).toEqual({
    _tag: 'Reply',
    symbol: 'BTCUSDT',
    text,
    receivedAt: 1_000,
  })
  expect(seen.map(({ method, url, headers }) => [method, url, headers])).toEqual([
    ['GET', 'https://fapi.asterdex.com/fapi/v3/depth?symbol=BTCUSDT&limit=1000', {}],
  ])
  expect(weights).toEqual([20])
})

test.each([
  [asterFutures, 'v1', 'https://fapi.asterdex.com/fapi/v1/depth'],
  [asterSpot, 'v1', 'https://sapi.asterdex.com/api/v1/depth'],
  [asterSpot, 'v3', 'https://sapi.asterdex.com/api/v3/depth'],
  [binanceSpot, 'v3', 'https://api.binance.com/api/v3/depth'],
])('%# the path of the version', async (venue, version, url) => {
  const { rest, seen } = lab(venue, version)
  await lastValueFrom(depthSnapshot(rest, { symbol: 'X', limit: 5 }))
  expect(seen[0]?.url).toBe(`${url}?symbol=X&limit=5`)
})

test('the weight of each size', () => {
  const weightsOf = (venue: Venue, limits: readonly number[]) => {
    const { rest, weights } = lab(venue)
    for (const limit of limits) depthSnapshot(rest, { symbol: 'X', limit })
    return weights
  }
  expect(weightsOf(asterSpot, [5, 10, 20, 50, 100, 500, 1_000])).toEqual([2, 2, 2, 2, 5, 10, 20])
  expect(weightsOf(binanceSpot, [1, 100, 101, 500, 501, 1_000, 1_001, 5_000])).toEqual([5, 5, 25, 25, 50, 50, 250, 250])
})

test.each([0, 4, 6, 1_001, 5_000, -5, 5.5, NaN])('Aster gives no snapshot of %p levels', (limit) => {
  expect(() => depthSnapshot(lab(asterFutures).rest, { symbol: 'X', limit })).toThrow(
    new TypeError(`limit of a depth snapshot: expected 5, 10, 20, 50, 100, 500, 1000, came ${limit}`),
  )
})

test.each([0, 5_001, -1, 1.5, NaN])('Binance gives no snapshot of %p levels', (limit) => {
  expect(() => depthSnapshot(lab(binanceSpot).rest, { symbol: 'X', limit })).toThrow(
    new TypeError(`limit of a depth snapshot: expected a whole number from 1 to 5000, came ${limit}`),
  )
})

test('F53 it waits for its turn as long as the rest lets it; for as long as that takes, where somebody is told', async () => {
  const { fetch } = venueInMemory(() => ({ text }))
  const { scheduler, advance } = virtual()
  const budget = { admit: () => NEVER, used: () => undefined, pause: () => undefined, usage }
  const rest = createRest({ venue: asterFutures, fetch, scheduler, budget, maxWait: 5_000 })
  const told: string[] = []
  const ask = (name: string, onProgress?: OnProgress) =>
    depthSnapshot(rest, { symbol: 'X', onProgress }).subscribe({
      error: (error: unknown) => told.push(`${name}: ${messageOf(error)}`),
    })
  ask('nobody')
  ask('somebody', ({ _tag }) => told.push(_tag))
  await advance(4_999)
  expect(told).toEqual(['Waiting'])
  await advance(1)
  expect(told.slice(1)).toEqual(['nobody: GET /fapi/v3/depth: not sent: it waited for more than 5000 ms'])
  await advance(1e9)
  expect(told).toHaveLength(2)
})

const good = { text }
const bad: readonly (readonly [string, Said])[] = [
  ['a 500', { status: 500 }],
  ['HTML', { text: '<html>' }],
  ['cut JSON', { text: text.slice(0, 40) }],
  ['no lastUpdateId', { text: '{"bids":[],"asks":[]}' }],
  ['a firewall', { status: 403, text: '<html>' }],
]

test.each(bad)('F24 %s is asked again', async (_, said) => {
  const { fetch, seen } = venueInMemory((_one, count) => (count < 3 ? said : good))
  const { scheduler, advance } = virtual()
  const texts: string[] = []
  const rest = createRest({ venue: asterFutures, fetch, scheduler, random: () => 0 })
  depthSnapshot(rest, { symbol: 'X' }).subscribe((reply) => texts.push(reply.text))
  await advance(500)
  expect([seen.length, texts]).toEqual([2, []])
  await advance(1_000)
  expect([seen.length, texts]).toEqual([3, [text]])
})

test('a symbol that is none is final', async () => {
  const { fetch, seen } = venueInMemory(() => ({ status: 400, text: '{"code":-1121,"msg":"Invalid symbol."}' }))
  const error = await failure(depthSnapshot(createRest({ venue: asterFutures, fetch }), { symbol: 'NOSUCH' }))
  expect([error.final, error.code, error.message, seen.length]).toEqual([
    true,
    -1121,
    'GET /fapi/v3/depth: -1121 Invalid symbol. (400)',
    1,
  ])
})
