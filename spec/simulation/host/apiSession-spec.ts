import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import { decimal, differences, flag, integer, is, keys, ms, text } from '../venues/Shape.js'
import { bareClient, roundTrip, venueFor } from './bareClient.js'
import { clockAt } from './clockAt.js'

const start = 1_700_000_000_000
const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const accounts = [
  { apiKey: 'k', secret: 's', balances: { USDT: '100000', BTC: '2' } },
  { apiKey: 'ed', publicKey: publicKey.export({ format: 'pem', type: 'spki' }).toString() },
]

type Params = Readonly<Record<string, string | number>>

const payloadOf = (params: Params) =>
  Object.entries(params)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')

const byHmac = (given: Params = {}): Params => {
  const params: Params = { apiKey: 'k', timestamp: start, ...given }
  return { ...params, signature: createHmac('sha256', 's').update(payloadOf(params)).digest('hex') }
}
const byKey = (given: Params = {}): Params => {
  const params: Params = { apiKey: 'ed', timestamp: start, ...given }
  return { ...params, signature: sign(null, Buffer.from(payloadOf(params)), privateKey).toString('base64') }
}

const connected = async (path = '') => {
  const venue = await venueFor({ venue: binanceSpot, accounts, seed: 3, scheduler: clockAt(start) })
  const client = await bareClient(`${venue.addresses.websocketApi ?? ''}${path}`)
  const ask = async (method: string, params: Params = {}, id: number | string | null = 1): Promise<unknown> =>
    JSON.parse(await client.ask({ id, method, params }))
  return { ...venue, client, ask }
}

test('it has an address of its own', async () => {
  const { addresses, controls } = await connected('?returnRateLimits=false')
  expect(addresses.websocketApi).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/ws-api\/v3$/)
  expect(controls.log()).toMatchObject([{ type: 'opened', url: '/ws-api/v3?returnRateLimits=false' }])
})

test('answers have the id of their request, whatever it is', async () => {
  const { ask } = await connected()
  expect(await ask('ping', {}, 'text')).toEqual({ id: 'text', status: 200, result: {} })
  expect(await ask('time', {}, null)).toEqual({ id: null, status: 200, result: { serverTime: start } })
  const unsupported = { code: -1020, msg: 'This operation is not supported.' }
  expect(await ask('constructor', {}, 7)).toEqual({ id: 7, status: 400, error: unsupported })
})

test('requests have the weight that they have, together with those of REST', async () => {
  const { ask, addresses } = await connected()
  const usedWeight = async () =>
    Number((await fetch(`${addresses.rest}/api/v3/time`)).headers.get('X-MBX-USED-WEIGHT-1M'))
  // Connecting is 2, each request 2, and the time by REST 1.
  expect(await usedWeight()).toBe(3)
  for (let i = 0; i < 10; i++) await ask('ping')
  expect(await usedWeight()).toBe(24)
  for (let i = 0; i < 2_988; i++) await ask('ping')
  expect(await ask('ping')).toEqual({ id: 1, status: 429, error: { code: -1003, msg: 'Too many requests.' } })
})

test.each(['no JSON', '[]', '{"id":1}', '{"id":1,"method":5}'])('%s is no request', async (message) => {
  const { client } = await connected()
  expect(JSON.parse(await client.ask(message))).toMatchObject({ status: 400, error: { code: -1135 } })
})

test.each([
  ['a secret', byHmac, 0],
  ['a private key', byKey, 1],
])('subscribes whoever signs with %s, once', async (_, signed, place) => {
  const { ask, client, controls } = await connected()
  const subscribe = 'userDataStream.subscribe.signature'
  expect(await ask(subscribe, signed({ recvWindow: 5_000 }))).toEqual({
    id: 1,
    status: 200,
    result: { subscriptionId: 0 },
  })
  expect(await ask(subscribe, signed(), 2)).toMatchObject({ id: 2, status: 400, error: { code: -2035 } })
  expect(await ask('session.subscriptions')).toMatchObject({ result: [{ subscriptionId: 0 }] })
  client.texts.splice(0)
  controls.account(place).place({ symbol: 'BTCUSDT', side: 'BUY', quantity: '0.010', price: '50000.00' })
  controls.account(1 - place).place({ symbol: 'BTCUSDT', side: 'BUY', quantity: '0.010', price: '50000.00' })
  await roundTrip(client.socket)
  const report = keys({
    ...{ e: is('executionReport'), E: ms, s: is('BTCUSDT'), c: text, S: is('BUY'), o: is('LIMIT'), f: is('GTC') },
    ...{ q: decimal, p: decimal, P: decimal, F: decimal, g: is(-1), C: is(''), x: is('NEW'), X: is('NEW') },
    ...{ r: is('NONE'), i: integer, l: decimal, z: decimal, L: decimal, n: decimal, N: is(null), T: ms, t: is(-1) },
    ...{ I: integer, w: flag, m: flag, M: flag, O: ms, Z: decimal, Y: decimal, Q: decimal, W: ms, V: is('NONE') },
  })
  const balances = [keys({ a: is('BTC', 'USDT'), f: decimal, l: decimal })] as const
  const position = keys({ e: is('outboundAccountPosition'), E: ms, u: ms, B: balances })
  const events = client.texts.map((each) => JSON.parse(each) as unknown)
  const wrapped = [report, position].map((event) => keys({ subscriptionId: is(0), event }))
  expect(events).toHaveLength(2)
  expect(events.flatMap((event, i) => differences(wrapped[i] ?? text, event))).toEqual([])
})

test.each<readonly [string, Params, number, number]>([
  ['no key', { timestamp: start, signature: 'x' }, 401, -2014],
  ['a key of nobody', { ...byHmac(), apiKey: 'x' }, 401, -2015],
  ['a signature of something else', { ...byHmac(), recvWindow: 1 }, 400, -1022],
  ['a signature that was percent-encoded', { ...byHmac({ note: 'A%20B' }), note: 'A B' }, 400, -1022],
])('%s is refused', async (_, params, status, code) => {
  const { ask } = await connected()
  expect(await ask('userDataStream.subscribe.signature', params)).toMatchObject({ id: 1, status, error: { code } })
})

test('a clock that is wrong is told the time', async () => {
  const { ask } = await connected()
  expect(await ask('userDataStream.subscribe.signature', byHmac({ timestamp: start - 5_001 }))).toEqual({
    id: 1,
    status: 400,
    error: {
      code: -1021,
      msg: 'Timestamp for this request is outside of the recvWindow.',
      data: { serverTime: start },
    },
  })
})

test('who is logged on needs no further signature, and is told when that ends', async () => {
  const { ask, client } = await connected()
  expect(await ask('userDataStream.subscribe')).toMatchObject({ status: 401, error: { code: -2015 } })
  expect(await ask('session.logon', byHmac())).toMatchObject({ status: 400, error: { code: -1022 } })
  expect(await ask('session.logon', byKey())).toMatchObject({ status: 200, result: { apiKey: 'ed' } })
  expect(await ask('session.status')).toMatchObject({ result: { apiKey: 'ed' } })
  expect(await ask('userDataStream.subscribe')).toMatchObject({ result: { subscriptionId: 0 } })
  expect(await ask('openOrders.status')).toMatchObject({ status: 200, result: [] })
  client.texts.splice(0)
  client.socket.send('{"id":9,"method":"session.logout"}')
  expect((await client.until(2)).map((each) => JSON.parse(each) as unknown)).toMatchObject([
    { subscriptionId: 0, event: { e: 'eventStreamTerminated', E: start } },
    { id: 9, status: 200, result: { apiKey: null } },
  ])
  expect(await ask('session.status')).toMatchObject({ result: { apiKey: null } })
})

test('unsubscribing ends it, and only what there is', async () => {
  const { ask, client } = await connected()
  expect(await ask('userDataStream.unsubscribe', { subscriptionId: 0 })).toMatchObject({ error: { code: -2036 } })
  await ask('userDataStream.subscribe.signature', byHmac())
  await ask('userDataStream.subscribe.signature', byKey())
  client.texts.splice(0)
  client.socket.send('{"id":9,"method":"userDataStream.unsubscribe","params":{"subscriptionId":1}}')
  expect((await client.until(2)).map((each) => JSON.parse(each) as unknown)).toMatchObject([
    { subscriptionId: 1, event: { e: 'eventStreamTerminated' } },
    { id: 9, status: 200, result: {} },
  ])
  expect(await ask('session.subscriptions')).toMatchObject({ result: [{ subscriptionId: 0 }] })
})

test('orders go over the same socket', async () => {
  const { ask, client } = await connected()
  const order = { symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: '0.5', price: '60000' }
  const placed = await ask('order.place', byHmac({ ...order, newClientOrderId: 'first' }))
  expect(placed).toMatchObject({ status: 200, result: { clientOrderId: 'first', status: 'NEW', origQty: '0.500' } })
  const which = { symbol: 'BTCUSDT', origClientOrderId: 'first' }
  expect(await ask('order.status', byHmac(which))).toMatchObject({ result: { status: 'NEW', isWorking: true } })
  expect(await ask('openOrders.status', byHmac())).toMatchObject({ result: [{ clientOrderId: 'first' }] })
  expect(await ask('account.status', byHmac())).toMatchObject({
    result: { balances: [{ asset: 'USDT', free: '70000.00000000', locked: '30000.00000000' }, { asset: 'BTC' }] },
  })
  expect(await ask('order.cancel', byHmac(which))).toMatchObject({ result: { status: 'CANCELED' } })
  expect(await ask('order.cancel', byHmac(which))).toMatchObject({ status: 400, error: { code: -2011 } })
  expect(await ask('depth', { symbol: 'BTCUSDT', limit: 5 })).toMatchObject({
    result: { lastUpdateId: expect.any(Number) as number },
  })
  // Requests have a weight, and no number in a second.
  for (let i = 0; i < 20; i++) await ask('ping', {}, i)
  expect(client.socket.readyState).toBe(client.socket.OPEN)
})

test('a server that goes down says so without a subscription', async () => {
  const { client, controls } = await connected()
  controls.serverShutdown()
  expect(await client.until(1)).toEqual([`{"event":{"e":"serverShutdown","E":${start}}}`])
})

test('a key that is revoked: said without an id, and what it subscribed to has ended', async () => {
  const { ask, client, controls } = await connected()
  await ask('userDataStream.subscribe.signature', byHmac())
  client.texts.splice(0)
  controls.revokeKey('k')
  expect((await client.until(2)).map((each) => JSON.parse(each) as unknown)).toMatchObject([
    { id: null, status: 401, error: { code: -2015 } },
    { subscriptionId: 0, event: { e: 'eventStreamTerminated' } },
  ])
  expect(await ask('userDataStream.subscribe.signature', byHmac())).toMatchObject({
    status: 401,
    error: { code: -2015 },
  })
  expect(await ask('userDataStream.subscribe.signature', byKey())).toMatchObject({ status: 200 })
})
