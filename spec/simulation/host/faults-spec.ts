import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { WebSocket } from 'ws'
import type { RestFault } from '../../../lib/simulation/index.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import { bareClient, roundTrip, venueFor } from './bareClient.js'
import { clockAt } from './clockAt.js'

const start = 1_700_000_000_000
const depth = '/stream?streams=btcusdt@depth@100ms'

interface Update {
  readonly U: number
  readonly u: number
  readonly pu: number
}

const updates = (texts: readonly string[]) =>
  texts.map((text) => (JSON.parse(text) as { readonly data: Update }).data).map(({ u }) => u)

test('an upgrade is refused with a status, as often as told', async () => {
  const { addresses, controls } = await venueFor({ venue: asterFutures })
  controls.failUpgrades({ _tag: 'refuse', status: 429, retryAfter: 7 })
  controls.failUpgrades({ _tag: 'refuse', status: 503, body: '<html>' })
  const refused = async () => {
    const socket = new WebSocket(`${addresses.websocket}/ws`)
    socket.on('error', () => undefined)
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage]
    let body = ''
    for await (const part of response) body += String(part)
    return [response.statusCode, response.headers['retry-after'], body]
  }
  expect(await refused()).toEqual([429, '7', ''])
  expect(await refused()).toEqual([503, undefined, '<html>'])
  const { socket } = await bareClient(`${addresses.websocket}/ws`)
  expect(socket.readyState).toBe(WebSocket.OPEN)
})

test('an upgrade is reset once open, and one is never answered', async () => {
  const { addresses, controls, close } = await venueFor({ venue: asterFutures })
  controls.failUpgrades({ _tag: 'reset' })
  controls.failUpgrades({ _tag: 'ignore' })
  const { closed } = await bareClient(`${addresses.websocket}/ws`)
  expect((await closed).code).toBe(1006)
  const ignored = new WebSocket(`${addresses.websocket}/ws`, { handshakeTimeout: 50 })
  const [error] = (await once(ignored, 'error')) as [Error]
  expect(error.message).toBe('Opening handshake has timed out')
  expect(controls.connections()).toEqual([])
  await close()
})

test('connections are closed with a code, one or all', async () => {
  const { addresses, controls } = await venueFor({ venue: asterFutures })
  const [one, two, three] = [
    await bareClient(`${addresses.websocket}/ws`),
    await bareClient(`${addresses.websocket}/ws`),
    await bareClient(`${addresses.websocket}/ws`),
  ]
  expect(controls.connections()).toEqual([1, 2, 3])
  controls.disconnect(3001, 'why', 2)
  expect(await two.closed).toEqual({ code: 3001, reason: 'why' })
  controls.disconnect(1011)
  expect([await one.closed, await three.closed]).toEqual([
    { code: 1011, reason: '' },
    { code: 1011, reason: '' },
  ])
})

test('connections are closed without a code, and without a close frame', async () => {
  const { addresses, controls } = await venueFor({ venue: asterFutures })
  const [one, two] = [await bareClient(`${addresses.websocket}/ws`), await bareClient(`${addresses.websocket}/ws`)]
  controls.disconnect(1005, 'unheard', 1)
  expect(await one.closed).toEqual({ code: 1005, reason: '' })
  controls.disconnect(1006, 'unheard', 2)
  expect(await two.closed).toEqual({ code: 1006, reason: '' })
})

test('a silent connection says and hears nothing; one that only pings answers PINGs', async () => {
  const { addresses, controls, close } = await venueFor({ venue: asterFutures })
  const silent = await bareClient(addresses.websocket + depth)
  const pinging = await bareClient(addresses.websocket + depth)
  const well = await bareClient(addresses.websocket + depth)
  controls.goSilent(1)
  controls.onlyPings(2)
  silent.socket.send('{"method":"LIST_SUBSCRIPTIONS","id":1}')
  controls.step(10)
  await Promise.all([roundTrip(pinging.socket), roundTrip(well.socket)])
  expect([silent.texts.length, pinging.texts.length, well.texts.length > 5]).toEqual([0, 0, true])
  expect(controls.log().filter(({ type }) => type === 'received')).toEqual([])
  await close()
  expect((await silent.closed).code).toBe(1006)
})

test('F52 a stream is not sent any more while all else goes on: until it is asked for anew, or for good', async () => {
  const { addresses, controls, close } = await venueFor({ venue: asterFutures })
  const both = '/stream?streams=btcusdt@depth@100ms/btcusdt@bookTicker'
  const [first, second] = [await bareClient(addresses.websocket + both), await bareClient(addresses.websocket + both)]
  controls.muteStream('btcusdt@depth@100ms', false, 1)
  controls.muteStream('btcusdt@depth@100ms', true, 2)
  controls.muteStream('nosuch@depth', true)
  const counts = async () => {
    for (const { texts } of [first, second]) texts.length = 0
    controls.step(10)
    await Promise.all([roundTrip(first.socket), roundTrip(second.socket)])
    const of = (texts: readonly string[], name: string) => texts.some((text) => text.includes(`"${name}"`))
    return [first, second].map(({ texts }) =>
      ['btcusdt@depth@100ms', 'btcusdt@bookTicker'].map((name) => of(texts, name)),
    )
  }
  expect(await counts()).toEqual([
    [false, true],
    [false, true],
  ])
  for (const { socket } of [first, second])
    for (const method of ['UNSUBSCRIBE', 'SUBSCRIBE'])
      socket.send(JSON.stringify({ method, params: ['btcusdt@depth@100ms'], id: 1 }))
  await Promise.all([roundTrip(first.socket), roundTrip(second.socket)])
  expect(await counts()).toEqual([
    [true, true],
    [false, true],
  ])
  await close()
})

test('a silent connection stays, however long nobody answers, until it is told to close', async () => {
  const clock = clockAt(start)
  const { addresses, controls } = await venueFor({ venue: binanceSpot, scheduler: clock })
  const client = await bareClient(`${addresses.websocket}/ws`)
  controls.goSilent()
  clock.pass(86_400_000)
  expect([controls.connections(), controls.log().map(({ type }) => type)]).toEqual([[1], ['opened']])
  controls.disconnect(1006)
  expect((await client.closed).code).toBe(1006)
})

test('PINGs of the client stay unanswered', async () => {
  const { addresses, controls } = await venueFor({ venue: asterFutures })
  const { socket } = await bareClient(`${addresses.websocket}/ws`)
  controls.ignorePings()
  const pong = once(socket, 'pong')
  socket.ping('first')
  socket.ping('second')
  expect(String((await pong)[0])).toBe('second')
})

test('the shutdown is announced as the venue does, raw and wrapped', async () => {
  const { addresses, controls } = await venueFor({ venue: binanceSpot, scheduler: clockAt(start) })
  const raw = await bareClient(`${addresses.websocket}/ws`)
  const wrapped = await bareClient(`${addresses.websocket}/stream`)
  controls.serverShutdown()
  expect(await raw.until(1)).toEqual([`{"e":"serverShutdown","E":${start}}`])
  expect(await wrapped.until(1)).toEqual([`{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":${start}}}`])
  const aster = await venueFor({ venue: asterFutures })
  expect(() => aster.controls.serverShutdown()).toThrow(new TypeError('asterFutures never says that it shuts down'))
})

test('requests are ignored, refused in every shape, and answered late', async () => {
  const clock = clockAt(start)
  const { addresses, controls } = await venueFor({ venue: asterFutures, scheduler: clock })
  const { socket, ask, texts } = await bareClient(`${addresses.websocket}/stream`)
  const subscribe = { method: 'SUBSCRIBE', params: ['btcusdt@x'], id: 4 }
  controls.failRequests({ _tag: 'ignore' })
  for (const shape of ['bare', 'numbered', 'wrapped'] as const)
    controls.failRequests({ _tag: 'refuse', code: 2, msg: 'no', shape })
  socket.send(JSON.stringify(subscribe))
  await roundTrip(socket)
  expect(await ask(subscribe)).toBe('{"code":2,"msg":"no"}')
  expect(await ask(subscribe)).toBe('{"code":2,"msg":"no","id":4}')
  expect(await ask(subscribe)).toBe('{"error":{"code":2,"msg":"no"},"id":4}')
  expect(controls.subscriptions(1)).toEqual([])
  clock.pass(1_000)
  controls.failRequests({ _tag: 'late', delay: 100 })
  socket.send(JSON.stringify(subscribe))
  await roundTrip(socket)
  controls.send('btcusdt@x', 1)
  clock.pass(100)
  await roundTrip(socket)
  expect(texts.slice(3)).toEqual(['{"stream":"btcusdt@x","data":1}', '{"result":null,"id":4}'])
})

test('depth events are dropped, doubled and swapped', async () => {
  const whole = await venueFor({ venue: asterFutures, seed: 3, scheduler: clockAt(start) })
  const spoilt = await venueFor({ venue: asterFutures, seed: 3, scheduler: clockAt(start) })
  const [a, b] = [
    await bareClient(whole.addresses.websocket + depth),
    await bareClient(spoilt.addresses.websocket + depth),
  ]
  for (const fault of ['drop', 'duplicate', 'reorder'] as const) spoilt.controls.failDepth(fault)
  whole.controls.step(20)
  spoilt.controls.step(20)
  await Promise.all([roundTrip(a.socket), roundTrip(b.socket)])
  const [, second, third, fourth, ...others] = updates(a.texts)
  expect(updates(b.texts)).toEqual([second, second, fourth, third, ...others])
})

test('update ids go on from a lower one, in streams and snapshots', async () => {
  const { addresses, controls } = await venueFor({ venue: asterFutures, seed: 3, scheduler: clockAt(start) })
  const { socket, texts } = await bareClient(addresses.websocket + depth)
  controls.step(5)
  controls.restartIds('BTCUSDT')
  expect(controls.book('BTCUSDT')?.lastUpdateId).toBe(1)
  controls.step(5)
  await roundTrip(socket)
  const after = texts.map((text) => (JSON.parse(text) as { readonly data: Update }).data).filter(({ u }) => u < 1_000)
  expect(after[0]).toMatchObject({ pu: 1 })
  expect(after.slice(1).map(({ pu }) => pu)).toEqual(after.slice(0, -1).map(({ u }) => u))
  expect(after.at(-1)?.u).toBe(controls.book('BTCUSDT')?.lastUpdateId)
})

test.each<readonly [string, RestFault, number, string | null, RegExp]>([
  ['an error', { _tag: 'error', status: 400, code: -1125, msg: 'x' }, 400, null, /^{"code":-1125,"msg":"x"}$/],
  ['too many', { _tag: 'error', status: 429, code: -1003, msg: 'x', retryAfter: 3 }, 429, '3', /^{"code":-1003/],
  ['a ban', { _tag: 'html', status: 418, retryAfter: 120 }, 418, '120', /^<html>/],
  ['a page', { _tag: 'html', status: 500 }, 500, null, /^<html>/],
  ['a cut body', { _tag: 'cut' }, 200, null, /^{"lastUpdateId":[^}]*$/],
  ['a missing key', { _tag: 'lacks', key: 'lastUpdateId' }, 200, null, /^{"bids":/],
])('a snapshot answers %s, once', async (_, fault, status, retryAfter, body) => {
  const { addresses, controls } = await venueFor({ venue: asterFutures })
  controls.failRest('depth', fault)
  const ask = () => fetch(`${addresses.rest}/fapi/v1/depth?symbol=BTCUSDT&limit=5`)
  const answer = await ask()
  expect([answer.status, answer.headers.get('Retry-After')]).toEqual([status, retryAfter])
  expect(await answer.text()).toMatch(body)
  expect(await (await ask()).json()).toMatchObject({ lastUpdateId: 5_000_000_000 })
})

test('a snapshot comes late, with the book of the moment of asking, or never', async () => {
  const clock = clockAt(start)
  const { addresses, controls, close } = await venueFor({ venue: asterFutures, scheduler: clock })
  const ask = () => fetch(`${addresses.rest}/fapi/v1/depth?symbol=BTCUSDT&limit=5`)
  controls.failRest('depth', { _tag: 'late', delay: 1_000 })
  controls.failRest('depth', { _tag: 'silent' })
  const late = ask()
  while (clock.actions.length === 0) await fetch(`${addresses.rest}/fapi/v1/time`)
  controls.step(50)
  clock.pass(1_000)
  expect(await (await late).json()).toMatchObject({ lastUpdateId: 5_000_000_000 })
  const never = ask().catch(() => 'broken')
  await fetch(`${addresses.rest}/fapi/v1/time`)
  await close()
  expect(await never).toBe('broken')
})

test('snapshots stay as they were while they are frozen', async () => {
  const { addresses, controls } = await venueFor({ venue: asterFutures })
  const ask = async () => await (await fetch(`${addresses.rest}/fapi/v1/depth?symbol=BTCUSDT&limit=5`)).json()
  const before = await ask()
  controls.freezeSnapshots()
  controls.step(10)
  expect(await ask()).toEqual(before)
  controls.freezeSnapshots(false)
  expect(await ask()).toMatchObject({ lastUpdateId: controls.book('BTCUSDT')?.lastUpdateId })
})

test('a listen key expires when told', async () => {
  const { addresses, controls } = await venueFor({ venue: asterFutures, scheduler: clockAt(start) })
  await fetch(`${addresses.rest}/fapi/v1/listenKey`, { method: 'POST', headers: { 'X-MBX-APIKEY': 'mine' } })
  const [key = ''] = controls.listenKeys()
  const { until } = await bareClient(`${addresses.websocket}/ws/${key}`)
  expect([controls.expireListenKey('other'), controls.expireListenKey(key)]).toEqual([false, true])
  expect(await until(1)).toEqual([`{"e":"listenKeyExpired","E":${start},"listenKey":"${key}"}`])
  expect([controls.listenKeys(), controls.expireListenKey(key)]).toEqual([[], false])
})
