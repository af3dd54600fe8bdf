import { lastValueFrom } from 'rxjs'
import type { ListenKeyApi } from '../../lib/operators/listenKey.js'
import { createRest } from '../../lib/rest/createRest.js'
import { eip712Signer } from '../../lib/rest/eip712Signer.js'
import { hmacSigner } from '../../lib/rest/hmacSigner.js'
import { ListenKeyReply, listenKeyCalls } from '../../lib/rest/listenKeyCalls.js'
import type { RestConfig } from '../../lib/rest/Rest.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { asterSpot } from '../../lib/venues/asterSpot.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import { failure } from './failure.js'
import { venueInMemory, type Said, type Seen } from './venueInMemory.js'
import { virtual } from './virtual.js'

const wallet = eip712Signer({ user: `0x${'0'.repeat(40)}`, privateKey: `${'0'.repeat(63)}1` })
const isSigned = ({ parameters }: Seen) => /(^|&)signature=0x[0-9a-f]{130}$/.test(parameters)
const key = { text: '{"listenKey":"abc"}' }

const ask = async (config: RestConfig) => {
  const { fetch, seen } = venueInMemory(({ method }) => (method === 'POST' ? key : { text: '{}' }))
  const calls: ListenKeyApi = listenKeyCalls(createRest({ ...config, fetch }))
  const { create, extend, close } = listenKeyCalls(createRest({ ...config, fetch }))
  expect(Object.keys(calls)).toEqual(['create', 'extend', 'close'])
  const answers = [await lastValueFrom(create()), await lastValueFrom(extend('a b')), await lastValueFrom(close('a b'))]
  expect(answers).toEqual(['abc', {}, {}])
  return seen
}

test.each([
  ['spot', asterSpot, '/api/v1/listenKey', 'listenKey=a%20b'],
  ['futures', asterFutures, '/fapi/v1/listenKey', ''],
])('%s v1: the key in a header is enough', async (_, venue, path, parameters) => {
  const seen = await ask({ venue, apiKey: 'mine' })
  expect(seen.map((one) => [one.method, one.path, one.parameters])).toEqual([
    ['POST', path, ''],
    ['PUT', path, parameters],
    ['DELETE', path, parameters],
  ])
  for (const { headers } of seen) expect(headers).toMatchObject({ 'X-MBX-APIKEY': 'mine' })
})

test("v1 takes the API key of a signer, and doesn't sign", async () => {
  const seen = await ask({
    venue: asterFutures,
    signer: hmacSigner({ venue: asterFutures, apiKey: 'mine', secret: 's' }),
  })
  expect(seen.map(({ parameters }) => parameters)).toEqual(['', '', ''])
  for (const { headers } of seen) expect(headers).toEqual({ 'X-MBX-APIKEY': 'mine' })
})

test.each([
  ['spot', asterSpot, '/api/v3/listenKey', true],
  ['futures', asterFutures, '/fapi/v3/listenKey', false],
])('%s v3: signed by a wallet', async (_, venue, path, isNamed) => {
  const seen = await ask({ venue, signer: wallet })
  expect(
    seen.map((one) => [one.method, one.path, one.parameters.startsWith('listenKey=a%20b&'), isSigned(one)]),
  ).toEqual([
    ['POST', path, false, true],
    ['PUT', path, isNamed, true],
    ['DELETE', path, isNamed, true],
  ])
})

test('a key may be wrapped, and an answer empty', async () => {
  const said: Record<string, Said> = { POST: { text: '{"code":0,"data":{"listenKey":"x"}}' }, PUT: { text: '' } }
  const { fetch } = venueInMemory(({ method }) => said[method] ?? {})
  const { create, extend } = listenKeyCalls(createRest({ venue: asterSpot, apiKey: 'mine', fetch }))
  expect(await lastValueFrom(create())).toBe('x')
  expect(await lastValueFrom(extend('x'))).toBeUndefined()
})

test.each(['{}', '{"listenKey":""}', '{"listenKey":7}', '{"data":{}}', '{"data":{"listenKey":""}}', '[]'])(
  '%s holds no key',
  async (text) => {
    const { fetch } = venueInMemory(() => ({ text }))
    const { create } = listenKeyCalls(createRest({ venue: asterSpot, apiKey: 'mine', fetch, retry: { count: 0 } }))
    expect((await failure(create())).failure).toMatchObject({ kind: 'body' })
  },
)

test.each(['"\\ud800canary"', '"canary\\udc00"', '".."', '"."'])(
  '%s cannot stand in an address: refused, and not shown',
  async (key) => {
    const { fetch } = venueInMemory(() => ({ text: `{"listenKey":${key}}` }))
    const { create } = listenKeyCalls(createRest({ venue: asterSpot, apiKey: 'mine', fetch, retry: { count: 0 } }))
    const error = await failure(create())
    expect([error.failure.kind, error.final, error.message]).toEqual([
      'body',
      false,
      'POST /api/v1/listenKey: 200 listenKey: expected a listen key that can stand in an address',
    ])
  },
)

test.each(['["canary"]', '{"a":"canary"}', '"canary&canary"'])('a failure that shows %s as the key', async (key) => {
  for (const status of [200, 400, 503]) {
    const { fetch } = venueInMemory(() => ({
      status,
      text: `{"listenKey":${key},"data":{"listenKey":${key}},"code":"x"}`,
    }))
    const { extend } = listenKeyCalls(createRest({ venue: asterSpot, apiKey: 'mine', fetch, retry: { count: 0 } }))
    const { create } = listenKeyCalls(createRest({ venue: asterSpot, apiKey: 'mine', fetch, retry: { count: 0 } }))
    if (status !== 200) expect((await failure(extend('other'))).message).not.toContain('canary')
    if (status !== 200 || !key.startsWith('"')) expect((await failure(create())).message).not.toContain('canary')
  }
})

test('all three are sent again when they fail', async () => {
  for (const name of ['create', 'extend', 'close'] as const) {
    const { fetch, seen } = venueInMemory((_, count) => (count === 1 ? { status: 500 } : key))
    const { scheduler, advance } = virtual()
    const calls = listenKeyCalls(createRest({ venue: asterSpot, apiKey: 'mine', fetch, scheduler, random: () => 0 }))
    const heard: unknown[] = []
    calls[name]('abc').subscribe((value) => heard.push(value))
    await advance(499)
    expect([seen.length, heard.length]).toEqual([1, 0])
    await advance(1)
    expect([seen.length, heard.length]).toEqual([2, 1])
  }
})

test('a key that is gone says so, and not which', async () => {
  const { fetch, seen } = venueInMemory(() => ({
    status: 400,
    text: '{"code":-1125,"msg":"This listenKey CANARY does not exist."}',
  }))
  const { extend } = listenKeyCalls(createRest({ venue: asterSpot, apiKey: 'mine', fetch }))
  const error = await failure(extend('CANARY'))
  expect([error.code, error.status, error.final, error.message]).toEqual([
    -1125,
    400,
    true,
    'PUT /api/v1/listenKey: -1125 This listenKey <redacted> does not exist. (400)',
  ])
  expect(seen.length).toBe(1)
})

test('a venue without listen keys, and credentials that are missing, are said at once', () => {
  expect(() => listenKeyCalls(createRest({ venue: binanceSpot, apiKey: 'mine' })).create()).toThrow(
    new TypeError('binanceSpot has no listen keys in its REST v3'),
  )
  expect(() => listenKeyCalls(createRest({ venue: asterSpot })).create()).toThrow('A signed request')
  expect(() => listenKeyCalls(createRest({ venue: asterSpot, version: 'v1' })).extend('')).toThrow('with an API key')
})

test('a listen key is written bare', () => {
  expect(ListenKeyReply.encode('abc')).toEqual({ listenKey: 'abc' })
  expect([ListenKeyReply.is('abc'), ListenKeyReply.is(''), ListenKeyReply.is(1)]).toEqual([true, false, false])
  expect(ListenKeyReply.decode({ listenKey: 'abc' })).toEqual({ _tag: 'Right', right: 'abc' })
  expect(ListenKeyReply.decode({ data: { listenKey: 'abc' } })).toEqual({ _tag: 'Right', right: 'abc' })
})
