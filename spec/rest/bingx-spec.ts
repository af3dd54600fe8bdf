import * as t from 'io-ts'
import { lastValueFrom } from 'rxjs'
import { createRest } from '../../lib/rest/createRest.js'
import { hmacHex, hmacSigner } from '../../lib/rest/hmacSigner.js'
import { listenKeyCalls } from '../../lib/rest/listenKeyCalls.js'
import type { RestConfig } from '../../lib/rest/Rest.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'
import { failure } from './failure.js'
import { venueInMemory, type Said, type Seen } from './venueInMemory.js'
import { virtual } from './virtual.js'

const lab = (answer: (seen: Seen, count: number) => Said | Promise<Said>, config: Partial<RestConfig> = {}) => {
  const time = virtual(1_700_000_000_000)
  const { fetch, seen } = venueInMemory(answer)
  const signer = hmacSigner({ venue: bingxSpot, apiKey: 'key', secret: 'secret', source: 'mine' })
  const { scheduler } = time
  const rest = createRest({ venue: bingxSpot, fetch, scheduler, random: () => 0, signer, ...config })
  return { ...time, ...listenKeyCalls(rest), seen }
}

test.each(['{"listenKey":"abc"}', '{"code":0,"data":{"listenKey":"abc"}}'])('a listen key from %s', async (text) => {
  const { create, extend, seen } = lab(() => ({ text }))
  expect(await lastValueFrom(create())).toBe('abc')
  await lastValueFrom(extend('abc'))
  const time = 'timestamp=1700000000000'
  expect(seen.map((one) => [one.method, one.url.replace(/\?.*/, ''), one.parameters])).toEqual([
    [
      'POST',
      'https://open-api.bingx.com/openApi/user/auth/userDataStream',
      `${time}&signature=${hmacHex('secret', time)}`,
    ],
    [
      'PUT',
      'https://open-api.bingx.com/openApi/user/auth/userDataStream',
      `listenKey=abc&${time}&signature=${hmacHex('secret', `listenKey=abc&${time}`)}`,
    ],
  ])
  for (const { headers } of seen) expect(headers).toMatchObject({ 'X-BX-APIKEY': 'key', 'X-SOURCE-KEY': 'mine' })
})

test.each([
  ['204, parameters are missing', { status: 204, text: '' }, { kind: 'http', status: 204, reason: '' }],
  ['404, no such key', { status: 404, text: '' }, { kind: 'http', status: 404, reason: '' }],
  [
    'a code in a success',
    { text: '{"code":100001,"msg":"bad signature"}' },
    { kind: 'venue', status: 200, code: 100001, reason: 'bad signature' },
  ],
])('%s is a final failure of an extension', async (_, said, expected) => {
  const { extend, seen } = lab(() => said)
  const { failure: what, final } = await failure(extend('abc'))
  expect([what, final, seen.length]).toEqual([expected, true, 1])
})

test('no more than two calls for listen keys leave in a second, tried again or not', async () => {
  const { create, extend, advance, seen } = lab(() => ({ status: 500, text: '' }))
  for (let i = 0; i < 3; i++) {
    create().subscribe({ error: () => undefined })
    extend('abc').subscribe({ error: () => undefined })
  }
  const counts: number[] = []
  for (let i = 0; i < 20; i++) {
    const before = seen.length
    await advance(1_000)
    counts.push(seen.length - before)
  }
  expect(Math.max(...counts)).toBe(2)
  expect(seen.length).toBe(24)
})

const unreachable = () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' }))
const hosts = (seen: readonly Seen[]) => seen.map(({ url }) => new URL(url).host)

test('where no answer comes, the other address is asked, and stays', async () => {
  const answer = ({ url }: Seen) => (url.includes('.com/') ? unreachable() : { text: '{"listenKey":"abc"}' })
  const { create, advance, seen } = lab(answer)
  const keys: string[] = []
  create().subscribe((key) => keys.push(key))
  await advance(500)
  create().subscribe((key) => keys.push(key))
  await advance(10_000)
  expect(keys).toEqual(['abc', 'abc'])
  expect(hosts(seen)).toEqual(['open-api.bingx.com', 'open-api.bingx.pro', 'open-api.bingx.pro'])
})

test('an answer is no reason to ask elsewhere, nor is there another address beside a configured one', async () => {
  const answering = lab(() => ({ status: 503, text: '' }))
  answering.create().subscribe({ error: () => undefined })
  for (let i = 0; i < 20; i++) await answering.advance(1_000)
  expect(hosts(answering.seen)).toEqual(Array.from({ length: 4 }, () => 'open-api.bingx.com'))
  const alone = lab(unreachable, { endpoint: 'http://127.0.0.1:1' })
  alone.create().subscribe({ error: () => undefined })
  for (let i = 0; i < 20; i++) await alone.advance(1_000)
  expect(hosts(alone.seen)).toEqual(Array.from({ length: 4 }, () => '127.0.0.1:1'))
})

test('order ids come digit for digit', async () => {
  const { fetch } = venueInMemory(() => ({ text: '{"code":0,"data":{"orderId":1812112568701845504,"price":0.10}}' }))
  const rest = createRest({ venue: bingxSpot, fetch })
  const Order = t.type({ data: t.type({ orderId: t.string, price: t.string }) })
  expect(await lastValueFrom(rest.request('GET', '/openApi/spot/v1/trade/query', {}, Order))).toMatchObject({
    data: { orderId: '1812112568701845504', price: '0.10' },
  })
})
