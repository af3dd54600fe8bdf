import { createHmac } from 'node:crypto'
import { firstValueFrom } from 'rxjs'
import { frame } from '../../../lib/Signal.js'
import { parse } from '../../../lib/parser/parse.js'
import { createRest } from '../../../lib/rest/createRest.js'
import { eip712Signer } from '../../../lib/rest/eip712Signer.js'
import { listenKeyCalls } from '../../../lib/rest/listenKeyCalls.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { asterSpot } from '../../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import type { Venue } from '../../../lib/venues/Venue.js'
import { bareClient, roundTrip, venueFor } from './bareClient.js'
import { clockAt } from './clockAt.js'

const start = 1_700_000_000_000
const wallet = '0x21cF8Ae13Bb72632562c6Fff438652Ba1a151bb0'
const credentials = {
  user: '0x63DD5aCC6b1aa0f563956C0e534DD30B6dcF7C4e',
  privateKey: '4fd0a42218f3eae43a6ce26d22544e986139a01e5b34a62db53757ffca81bae1',
}

const call = async (url: string, init?: RequestInit) => {
  const response = await fetch(url, init)
  return { status: response.status, headers: response.headers, text: await response.text() }
}

test('server time, of every version', async () => {
  const { addresses } = await venueFor({ venue: asterFutures, scheduler: clockAt(start) })
  for (const path of ['/fapi/v1/time', '/fapi/v3/time'])
    expect(await call(addresses.rest + path)).toMatchObject({ status: 200, text: '{"serverTime":1700000000000}' })
})

test.each<readonly [string, Venue, string, readonly string[]]>([
  ['Aster futures', asterFutures, '/fapi/v3/depth', ['lastUpdateId', 'bids', 'asks', 'E', 'T']],
  ['Aster spot', asterSpot, '/api/v1/depth', ['lastUpdateId', 'bids', 'asks', 'E', 'T']],
  ['Binance', binanceSpot, '/api/v3/depth', ['lastUpdateId', 'bids', 'asks']],
])('a snapshot has the keys of %s', async (_, venue, path, keys) => {
  const { addresses, controls } = await venueFor({ venue, scheduler: clockAt(start) })
  controls.step(10)
  const { text } = await call(`${addresses.rest}${path}?symbol=BTCUSDT&limit=5`)
  const body = JSON.parse(text) as Readonly<Record<'lastUpdateId' | 'bids' | 'asks', unknown>>
  const book = controls.book('BTCUSDT', 5)
  expect(Object.keys(body)).toEqual(keys)
  expect(body).toMatchObject({ lastUpdateId: book?.lastUpdateId, bids: book?.bids, asks: book?.asks })
  expect(body.bids).toHaveLength(5)
})

test.each<readonly [string, Venue, string, number, number]>([
  ['futures, no limit', asterFutures, '/fapi/v1/depth?symbol=BTCUSDT', 200, 10],
  ['futures, 50', asterFutures, '/fapi/v1/depth?symbol=BTCUSDT&limit=50', 200, 2],
  ['futures, 1000', asterFutures, '/fapi/v1/depth?symbol=BTCUSDT&limit=1000', 200, 20],
  ['spot, no limit', asterSpot, '/api/v3/depth?symbol=BTCUSDT', 200, 5],
  ['Binance, 7', binanceSpot, '/api/v3/depth?symbol=BTCUSDT&limit=7', 200, 5],
  ['Binance, 5000', binanceSpot, '/api/v3/depth?symbol=BTCUSDT&limit=5000', 200, 250],
  ['Binance, 5001', binanceSpot, '/api/v3/depth?symbol=BTCUSDT&limit=5001', 400, 5],
])('the weight of a snapshot: %s', async (_, venue, path, status, weight) => {
  const { addresses } = await venueFor({ venue, scheduler: clockAt(start) })
  const answer = await call(addresses.rest + path)
  expect([answer.status, answer.headers.get('X-MBX-USED-WEIGHT-1M')]).toEqual([status, String(weight)])
})

test.each([
  ['symbol=NOSUCH', -1121, 'Invalid symbol.'],
  ['symbol=btcusdt', -1121, 'Invalid symbol.'],
  ['symbol=BTCUSDT&limit=7', -1130, "Data sent for parameter 'limit' is not valid."],
  ['symbol=BTCUSDT&limit=x', -1130, "Data sent for parameter 'limit' is not valid."],
  ['', -1102, "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed."],
])('depth?%s is refused in the venue’s words', async (query, code, msg) => {
  const { addresses } = await venueFor({ venue: asterFutures })
  const { status, text, headers } = await call(`${addresses.rest}/fapi/v1/depth?${query}`)
  expect([status, text]).toEqual([400, JSON.stringify({ code, msg })])
  expect(headers.get('content-type')).toBe('application/json')
})

test('an unknown path is a page', async () => {
  const { addresses } = await venueFor({ venue: asterFutures })
  const { status, headers } = await call(`${addresses.rest}/fapi/v9/time`)
  expect([status, headers.get('content-type')]).toEqual([404, 'text/html'])
  expect((await call(`${addresses.rest}/fapi/v1/time`, { method: 'POST' })).status).toBe(404)
})

test('over the budget of a minute: 429 until the next one', async () => {
  const clock = clockAt(start + 30_500)
  const venue = { ...asterFutures, limits: { ...asterFutures.limits, weightPerMinute: 2 } }
  const { addresses } = await venueFor({ venue, scheduler: clock })
  const time = () => call(`${addresses.rest}/fapi/v1/time`)
  expect([(await time()).status, (await time()).status]).toEqual([200, 200])
  const refused = await time()
  expect([refused.status, refused.headers.get('Retry-After'), refused.text]).toEqual([
    429,
    '10',
    '{"code":-1003,"msg":"Too many requests."}',
  ])
  clock.pass(9_500)
  expect((await time()).status).toBe(200)
})

test('a listen key is the same while it lives, and tells its end', async () => {
  const clock = clockAt(start)
  const ping = { every: Infinity, within: Infinity }
  const { addresses, controls } = await venueFor({ venue: asterFutures, scheduler: clock, ping })
  const ask = (method: string, apiKey = 'mine') =>
    call(`${addresses.rest}/fapi/v1/listenKey`, { method, headers: { 'X-MBX-APIKEY': apiKey } })
  const gone = '{"code":-1125,"msg":"This listenKey does not exist."}'
  expect(await ask('PUT')).toMatchObject({ status: 400, text: gone })
  const { text } = await ask('POST')
  const { listenKey } = JSON.parse(text) as { readonly listenKey: string }
  expect(listenKey).toMatch(/^[A-Za-z0-9]{64}$/)
  expect(controls.listenKeys()).toEqual([listenKey])
  expect((await ask('POST')).text).toBe(text)
  expect((await ask('POST', 'another')).text).not.toBe(text)

  const { socket, texts } = await bareClient(`${addresses.websocket}/ws/${listenKey}`)
  const wrapped = await bareClient(`${addresses.websocket}/stream?streams=${listenKey}`)
  clock.pass(3_599_999)
  expect(await ask('PUT')).toMatchObject({ status: 200, text: '{}' })
  clock.pass(3_599_999)
  expect(controls.listenKeys()).toEqual([listenKey])
  clock.pass(1)
  await Promise.all([roundTrip(socket), roundTrip(wrapped.socket)])
  const data = `{"e":"listenKeyExpired","E":${start + 7_199_999},"listenKey":"${listenKey}"}`
  expect(texts).toEqual([data])
  expect(wrapped.texts).toEqual([`{"stream":"${listenKey}","data":${data}}`])
  expect(parse(asterFutures)(frame(data, 0))).toMatchObject({ right: { kind: 'listenKeyExpired', stream: 'account' } })
  expect(controls.listenKeys()).toEqual([])
  expect(await ask('PUT')).toMatchObject({ text: gone })
  await ask('POST')
  expect(await ask('DELETE')).toMatchObject({ status: 200, text: '{}' })
  expect(await ask('DELETE')).toMatchObject({ text: gone })
})

test('on Aster spot the key is named', async () => {
  const { addresses } = await venueFor({ venue: asterSpot })
  const headers = { 'X-MBX-APIKEY': 'mine' }
  const path = `${addresses.rest}/api/v1/listenKey`
  const { listenKey } = JSON.parse((await call(path, { method: 'POST', headers })).text) as { listenKey: string }
  const put = async (init: RequestInit, query = '') =>
    (await call(path + query, { method: 'PUT', headers, ...init })).text
  const body = new URLSearchParams({ listenKey })
  expect(await put({ body })).toBe('{}')
  expect(await put({}, `?listenKey=${listenKey}`)).toBe('{}')
  expect(await put({}, '?listenKey=other')).toContain('-1125')
  expect(await put({})).toContain('-1102')
})

test('who may ask for a listen key by an API key', async () => {
  const { addresses } = await venueFor({ venue: asterSpot, accounts: [{ apiKey: 'mine' }] })
  const create = (headers: Record<string, string>) =>
    call(`${addresses.rest}/api/v1/listenKey`, { method: 'POST', headers })
  expect(await create({})).toMatchObject({ status: 401, text: '{"code":-2014,"msg":"API-key format invalid."}' })
  expect(await create({ 'X-MBX-APIKEY': 'other' })).toMatchObject({
    status: 401,
    text: '{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."}',
  })
  expect((await create({ 'X-MBX-APIKEY': 'mine' })).status).toBe(200)
})

describe('signed by a wallet', () => {
  const accounts = [{ apiKey: 'mine', signer: wallet.toLowerCase() }]
  const post = (rest: string, body: string) =>
    call(`${rest}/fapi/v3/listenKey`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    })

  test('the account of the wallet has one key, however it asks', async () => {
    const { addresses } = await venueFor({ venue: asterFutures, accounts })
    const rest = createRest({ venue: asterFutures, endpoint: addresses.rest, signer: eip712Signer(credentials) })
    const listenKey = await firstValueFrom(listenKeyCalls(rest).create())
    const headers = { 'X-MBX-APIKEY': 'mine' }
    const other = await call(`${addresses.rest}/fapi/v1/listenKey`, { method: 'POST', headers })
    expect(other.text).toBe(JSON.stringify({ listenKey }))
  })

  test('a wrong signature, another chain, a repeated or stale nonce, an unknown wallet', async () => {
    const { addresses, controls } = await venueFor({ venue: asterFutures, accounts, scheduler: clockAt(start) })
    const sign = (now: number, chainId = 1_666) => eip712Signer({ ...credentials, chainId }).sign([], now)
    const invalid = { status: 400, text: '{"code":-1022,"msg":"Signature for this request is not valid."}' }
    const expired = { status: 400, text: '{"code":-4225,"msg":"Nonce expired."}' }
    expect(await post(addresses.rest, sign(start).replace('user', 'usex'))).toMatchObject(invalid)
    expect(await post(addresses.rest, sign(start, 714))).toMatchObject(invalid)
    expect(await post(addresses.rest, 'nonce=1')).toMatchObject(invalid)
    expect(await post(addresses.rest, `signer=${wallet}&signature=0x12`)).toMatchObject(invalid)
    expect(await post(addresses.rest, sign(start - 10_001))).toMatchObject(expired)
    expect(await post(addresses.rest, sign(start + 10_001))).toMatchObject(expired)
    expect((await post(addresses.rest, sign(start))).status).toBe(200)
    expect(await post(addresses.rest, sign(start))).toMatchObject(expired)
    controls.skewClock(10_001)
    expect((await post(addresses.rest, sign(start + 20_000))).status).toBe(200)
    expect(await post(addresses.rest, sign(start - 1))).toMatchObject(expired)
    const strangers = await venueFor({ venue: asterFutures, accounts: [{ signer: '0x0' }], scheduler: clockAt(start) })
    expect(await post(strangers.addresses.rest, sign(start))).toMatchObject({ status: 401 })
  })
})

describe('signed by a secret', () => {
  const v1 = asterSpot.rest.versions['v1']
  const versions = v1?.listenKey && {
    v1: { ...v1, listenKey: { ...v1.listenKey, authentication: 'signed', isNamed: false } as const },
  }
  const venue: Venue = { ...asterSpot, rest: { ...asterSpot.rest, versions: versions ?? {} } }
  const sign = (text: string) => createHmac('sha256', 'secret').update(text).digest('hex')

  test('query and body together, within the window', async () => {
    const accounts = [{ apiKey: 'mine', secret: 'secret' }]
    const { addresses } = await venueFor({ venue, accounts, scheduler: clockAt(start) })
    const post = async (query: string, body: string) => {
      const init = { method: 'POST', body, headers: { 'X-MBX-APIKEY': 'mine' } }
      return (await call(`${addresses.rest}/api/v1/listenKey?${query}`, init)).text
    }
    const at = (time: number, more = '') => `timestamp=${time}${more}`
    const signed = (text: string) => post('', `${text}&signature=${sign(text)}`)
    expect(await signed(at(start))).toContain('listenKey')
    expect(await post('a=b', `${at(start)}&signature=${sign(`a=b${at(start)}`)}`)).toContain('listenKey')
    expect(await post('', `${at(start)}&signature=${sign(at(start + 1))}`)).toContain('-1022')
    expect(await signed(at(start - 5_000))).toContain('listenKey')
    expect(await signed(at(start - 5_001))).toContain('-1021')
    expect(await signed(at(start - 60_000, '&recvWindow=60001'))).toContain('listenKey')
    expect(await signed(at(start - 60_001, '&recvWindow=60001'))).toContain('-1021')
    expect(await signed(at(start + 999))).toContain('listenKey')
    expect(await signed(at(start + 1_000))).toContain('-1021')
    expect(await post('', '')).toContain('-1021')
  })
})
