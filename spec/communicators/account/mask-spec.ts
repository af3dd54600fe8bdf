import { createMask } from '../../../lib/communicators/account/mask.js'
import { frame, type Signal } from '../../../lib/Signal.js'
import { binanceStyle } from '../../../lib/venues/binanceStyle.js'

const KEY = 'canary/key+1'

const masked = () => {
  const mask = createMask(binanceStyle.envelope, ['canary-secret', undefined, 's'])
  mask.learn(KEY)
  return mask
}

test.each([
  `{"listenKey":"${KEY}"}`,
  `{"x":"?listenKey=${encodeURIComponent(KEY)}"}`,
  '{"stream":"a-key-nobody-told-of-canary","data":{"e":"a-key-nobody-told-of-canary"}}',
])('a frame without keys: %s', (text) => {
  const signal = masked().signal(frame(text, 1, { id: 'a' }))
  expect(JSON.stringify(signal)).not.toContain('canary')
  expect(signal).toMatchObject({ _tag: 'Frame', receivedAt: 1, source: { id: 'a' } })
})

const escaped = (text: string) =>
  Array.from(text, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')

test.each([
  `{"x":"${escaped(KEY)}"}`,
  `{"x":"a\\u0062 ${escaped('ca')}nary/key+1"}`,
  `{"x":"\\\\${escaped(KEY).toUpperCase().replaceAll('\\U', '\\u')}"}`,
])('F78 a key that is written with escapes is taken out of a frame: %s', (text) => {
  const signal = masked().signal(frame(text, 1))
  if (signal._tag !== 'Frame') throw new Error('no frame')
  expect(JSON.stringify(JSON.parse(signal.text))).not.toContain('canary')
  expect(signal.text).toContain('<listenKey>')
})

test('F78 other escapes stay as they are', () => {
  const text = '{"x":"\\u0041\\u0022\\u005c\\n\\u5e01"}'
  expect(masked().signal(frame(text, 1))).toMatchObject({ text })
})

test.each([
  ['CANARY/KEY+1', ''],
  [encodeURIComponent(encodeURIComponent(KEY)), ''],
  [Buffer.from(KEY).toString('base64'), ''],
  [Buffer.from(`key: ${KEY}`).toString('base64'), 'no such key'],
  ['aAbBcC0123456789', 'of somebody else'],
])('F78 a reason that a venue gives quotes no secret in any spelling: %s %s', (spelling, more) => {
  const said = masked().signal({
    _tag: 'Disconnected',
    code: 1008,
    reason: `closed: ${spelling} ${more}`,
    receivedAt: 1,
  })
  expect(JSON.stringify(said)).not.toContain(spelling)
  expect(said).toMatchObject({ reason: `closed: <redacted> ${more}` })
})

test.each([
  "HTTP 418 I'm a teapot",
  'no data for 60250 ms',
  'connect ECONNREFUSED 127.0.0.1:8080',
  'getaddrinfo ENOTFOUND fstream.asterdex.com',
  'the listen key is gone: PUT /fapi/v3/listenKey: -1125 This listenKey does not exist. (400)',
  '100410 请求过于频繁 unblocked after 1723110001001',
  'Filter failure: PERCENT_PRICE_BY_SIDE',
  'unable to verify the first certificate; ERR_TLS_CERT_ALTNAME_INVALID',
])('F78 other reasons stay as they are: %s', (reason) => {
  expect(masked().signal({ _tag: 'Disconnected', code: 1, reason, receivedAt: 1 })).toMatchObject({ reason })
})

test('a frame that names a market stream stays as it is', () => {
  const signal = frame('{"stream":"btcusdt@trade","data":{}}', 1)
  expect(masked().signal(signal)).toEqual(signal)
})

test.each<Signal>([
  { _tag: 'Disconnected', code: 1, reason: `x ${KEY} canary-secret`, receivedAt: 1 },
  { _tag: 'Rejected', stream: KEY, reason: 'signature=canary', receivedAt: 1 },
  { _tag: 'Waiting', delay: 1, attempt: 1, reason: `to wss://h/ws/${KEY}`, receivedAt: 1 },
])('a status without keys and secrets: %j', (signal) => {
  const said = masked().signal(signal)
  expect(JSON.stringify(said)).not.toContain('canary')
  expect(said._tag).toBe(signal._tag)
})

test('a status that says nothing of its own stays as it is', () => {
  const waiting: Signal = { _tag: 'Waiting', delay: 1, attempt: 1, receivedAt: 1 }
  expect(masked().signal(waiting)).toEqual(waiting)
})

test('the path of the call for listen keys is no key', () => {
  expect(masked().text('POST /api/v3/listenKey: 503 busy')).toBe('POST /api/v3/listenKey: 503 busy')
})

test.each(['\ud800canary', 'ca$&nary(.*', 'a"canary\\'])('a key like %j is taken out whole', (key) => {
  const mask = createMask(binanceStyle.envelope, [key.replace('canary', 'nobody')])
  mask.learn(key)
  const json = JSON.stringify({ x: key, listenKey: key })
  expect(mask.text(`x${key}y ${json}`)).toBe('x<listenKey>y {"x":"<listenKey>","listenKey":"<redacted>"}')
  expect(mask.signal(frame(json, 1))).toMatchObject({ text: '{"x":"<listenKey>","listenKey":"<listenKey>"}' })
})

test('of two keys that begin alike, both are taken out whole', () => {
  const mask = createMask(binanceStyle.envelope, [])
  mask.learn('canary-1')
  mask.learn('canary-10')
  expect(mask.text('canary-10 canary-1')).toBe('<listenKey> <listenKey>')
})

test('an error by what it says, without keys and secrets', () => {
  const { error } = masked()
  expect(error(new Error(`for ${KEY} canary-secret`))).toBe('for <listenKey> <redacted>')
  expect([error({ message: 'x' }), error({ message: 5 }), error('y'), error(undefined)]).toEqual([
    ...['x', '[object Object]', 'y', 'undefined'],
  ])
})

test('ten keys are remembered, and none that is too short to be one', () => {
  const mask = createMask(binanceStyle.envelope, [])
  mask.learn('a')
  for (let n = 0; n < 1_000; n++) mask.learn(`canary-${n}-`)
  expect(mask.text('a canary-999- canary-990-')).toBe('a <listenKey> <listenKey>')
})
