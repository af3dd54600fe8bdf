import { firstValueFrom } from 'rxjs'
import { calls } from '../../lib/rest/calls.js'
import { createRest } from '../../lib/rest/createRest.js'
import { eip712Signer } from '../../lib/rest/eip712Signer.js'
import { hmacSigner } from '../../lib/rest/hmacSigner.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { asterPrediction } from '../../lib/venues/asterPrediction.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'
import { binanceFutures } from '../../lib/venues/binanceFutures.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'
import type { Venue } from '../../lib/venues/Venue.js'
import { venueInMemory, type Seen } from './venueInMemory.js'

const user = '0x63DD5aCC6b1aa0f563956C0e534DD30B6dcF7C4e'
const wallet = () => eip712Signer({ user, privateKey: `${'0'.repeat(63)}1` })
const shared = (venue: Venue) => hmacSigner({ venue, apiKey: 'key', secret: 'secret' })

/** A rest against a venue that says one thing to everything. */
const asked = <V extends Venue>(venue: V, text: string, signer = wallet()) => {
  const { fetch, seen } = venueInMemory(() => ({ text }))
  return { rest: createRest({ venue, fetch, signer }), seen }
}

/** What was asked, without what every signed request has. */
const shown = (seen: readonly Seen[]) =>
  seen.map(({ method, url, parameters }) => {
    const given = new URLSearchParams(parameters)
    for (const name of ['nonce', 'user', 'signer', 'signature', 'timestamp']) given.delete(name)
    return `${method} ${url.replace(/\?.*/, '')} ${String(given)}`
  })

test('a call asks what its row says', async () => {
  const { rest, seen } = asked(asterFutures, '[]')
  const { positions, marginChanges, forcedOrders, userTrades } = calls(rest)
  await firstValueFrom(positions())
  await firstValueFrom(positions({ symbol: 'BTCUSDT' }))
  await firstValueFrom(marginChanges({ symbol: 'BTCUSDT', direction: 1, limit: 5 }))
  await firstValueFrom(forcedOrders({ autoCloseType: 'ADL' }))
  await firstValueFrom(userTrades({ symbol: 'BTCUSDT', fromId: 698_759 }))
  expect(shown(seen)).toEqual([
    'GET https://fapi.asterdex.com/fapi/v3/positionRisk ',
    'GET https://fapi.asterdex.com/fapi/v3/positionRisk symbol=BTCUSDT',
    'GET https://fapi.asterdex.com/fapi/v3/positionMargin/history symbol=BTCUSDT&type=1&limit=5',
    'GET https://fapi.asterdex.com/fapi/v3/forceOrders autoCloseType=ADL',
    'GET https://fapi.asterdex.com/fapi/v3/userTrades symbol=BTCUSDT&fromId=698759',
  ])
  expect(seen.every(({ parameters }) => parameters.includes('signature='))).toBe(true)
  expect(rest.usage().used).toBe(5 + 5 + 1 + 50 + 5)
})

test('it is decoded', async () => {
  const { rest } = asked(asterFutures, '{"dualSidePosition":false}')
  expect(await firstValueFrom(calls(rest).positionMode())).toEqual({ isDualSide: false })
})

test('a call that is elsewhere in another version, or is none there', async () => {
  const { rest, seen } = asked(asterFutures, '[]', shared(asterFutures))
  await firstValueFrom(calls(rest).positions())
  expect(shown(seen)).toEqual(['GET https://fapi.asterdex.com/fapi/v2/positionRisk '])
  expect(() => calls(rest).announcements()).toThrow(
    new TypeError("asterFutures has no call 'announcements' in its REST v1, but in v3"),
  )
})

test('orders in a batch stand in one parameter, as JSON of texts', async () => {
  const { rest, seen } = asked(asterFutures, '[{"code":-2022,"msg":"ReduceOnly Order is rejected."}]')
  const order = {
    symbol: 'BTCUSDT',
    side: 'BUY',
    orderType: 'MARKET',
    quantity: '0.10',
    isReduceOnly: true,
    clientOrderId: 'a',
  } as const
  expect(await firstValueFrom(calls(rest).placeMany({ orders: [order] }))).toEqual([
    { _tag: 'Refused', code: -2_022, text: 'ReduceOnly Order is rejected.' },
  ])
  const { method, path, body } = seen[0] ?? {}
  expect([method, path]).toEqual(['POST', '/fapi/v3/batchOrders'])
  expect(JSON.parse(new URLSearchParams(body).get('batchOrders') ?? '')).toEqual([
    { symbol: 'BTCUSDT', side: 'BUY', quantity: '0.10', newClientOrderId: 'a', type: 'MARKET', reduceOnly: 'true' },
  ])
  await firstValueFrom(calls(rest).cancelMany({ symbol: 'BTCUSDT', clientOrderIds: ['a', 'b'] }))
  expect(shown(seen.slice(1))).toEqual([
    `DELETE https://fapi.asterdex.com/fapi/v3/batchOrders ${String(new URLSearchParams({ symbol: 'BTCUSDT', origClientOrderIdList: '["a","b"]' }))}`,
  ])
})

test("the chain's RPC is asked at its own address, by a body of JSON, and repeated as a question is", async () => {
  const said = { address: user, accountPrivacy: 'disabled', startTime: 1, endTime: 2, fills: [] }
  const { fetch, seen } = venueInMemory((_, count) =>
    count === 1 ? { status: 502 } : { text: JSON.stringify({ result: said, id: 1, jsonrpc: '2.0' }) },
  )
  const rest = createRest({ venue: asterFutures, fetch, retry: { delay: 1 } })
  expect(await firstValueFrom(calls(rest).userFills({ address: user, from: 1_700_000_000_000 }))).toEqual(said)
  expect(seen.length).toBe(2)
  expect(seen[1]).toMatchObject({
    method: 'POST',
    url: 'https://tapi.asterdex.com/info',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'aster_userFills',
      params: [user, null, 1_700_000_000_000, null, 'latest'],
    }),
  })
  // What is spent there is not spent here.
  expect(rest.usage().used).toBe(0)
  const spot = venueInMemory(() => ({ text: JSON.stringify({ result: said }) }))
  await firstValueFrom(calls(createRest({ venue: asterSpot, fetch: spot.fetch })).userFills({ address: user }))
  expect(spot.seen[0]?.body).toContain('"aster_spotUserFills"')
})

test('what is not as it should be is said at once, and nothing is asked', () => {
  const { rest, seen } = asked(asterFutures, '[]')
  const { userTrades, marginChanges } = calls(rest)
  const loose = userTrades as (given: unknown) => unknown
  expect(() => loose({})).toThrow(new TypeError('userTrades: expected symbol to be a text, came nothing'))
  expect(() => loose({ symbol: 'BTCUSDT', start: 1 })).toThrow(
    new TypeError("userTrades: there is no 'start'; expected are symbol, startTime, endTime, fromId, limit"),
  )
  expect(() => marginChanges({ symbol: 'BTCUSDT', limit: 1.5 })).toThrow(
    new TypeError('marginChanges: expected limit to be a whole number, came 1.5'),
  )
  expect(seen).toEqual([])
})

test.each([asterSpot, asterFutures, asterPrediction, binanceSpot, binanceFutures, bingxSpot] as const)(
  '$name: every row stands somewhere in each version, costs something, and has names of its own',
  ({ calls: table, rest: { versions } }: Venue) => {
    for (const [name, row] of Object.entries(table ?? {})) {
      expect([name, row.weight > 0 && (row.weightOfAll ?? row.weight) >= row.weight]).toEqual([name, true])
      const keys = row.parameters.fields.map(({ key }) => key)
      expect([name, new Set(keys).size]).toEqual([name, keys.length])
      const paths = typeof row.path === 'string' ? Object.keys(versions) : Object.keys(row.path)
      expect([name, paths.every((version) => Object.hasOwn(versions, version))]).toEqual([name, true])
    }
    for (const paths of Object.values(versions)) expect(paths.base).toMatch(/^\/\w/)
  },
)
