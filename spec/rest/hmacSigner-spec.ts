import { inspect } from 'node:util'
import { hmacHex, hmacSigner } from '../../lib/rest/hmacSigner.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'

const credentials = { venue: asterFutures, apiKey: 'key', secret: 'secret' }

test('Aster: the parameters in their order, the window, the time, and the signature last', () => {
  const payload = 'side=BUY&symbol=A%20B&recvWindow=5000&timestamp=1700000000123'
  const signer = hmacSigner({ ...credentials, recvWindow: 5_000 })
  const entries = [['side', 'BUY'] as const, ['symbol', 'A B'] as const]
  expect(signer.signing).toBe('hmac')
  expect(signer.headers()).toEqual({ 'X-MBX-APIKEY': 'key' })
  expect(signer.sign(entries, 1_700_000_000_123.9)).toBe(`${payload}&signature=${hmacHex('secret', payload)}`)
})

test('Aster: the time alone', () => {
  const signed = hmacSigner(credentials).sign([], 5)
  expect(signed).toBe(`timestamp=5&signature=${hmacHex('secret', 'timestamp=5')}`)
})

test('BingX: sorted by name, signed as they are, sent encoded', () => {
  const signer = hmacSigner({ ...credentials, venue: bingxSpot, recvWindow: 0 })
  const signed = signer.sign(
    [
      ['symbol', 'BTC-USDT'],
      ['Z', 'a b'],
    ],
    1_696_751_141_337,
  )
  const signature = hmacHex('secret', 'Z=a b&recvWindow=0&symbol=BTC-USDT&timestamp=1696751141337')
  expect(signed).toBe(`Z=a%20b&recvWindow=0&symbol=BTC-USDT&timestamp=1696751141337&signature=${signature}`)
  expect(signer.headers()).toEqual({ 'X-BX-APIKEY': 'key' })
  expect(hmacSigner({ ...credentials, venue: bingxSpot, source: 'me' }).headers()).toEqual({
    'X-BX-APIKEY': 'key',
    'X-SOURCE-KEY': 'me',
  })
})

test.each(['&', '=', '?', '#', '\n', '\r'])('BingX: a value with %j cannot be signed, and is not shown', (sign) => {
  const signer = hmacSigner({ ...credentials, venue: bingxSpot })
  expect(() => signer.sign([['note', `x${sign}y`]], 0)).toThrow(
    new TypeError("Parameter 'note': a value may not hold & = ? # or a line break"),
  )
})

test('the window has a limit', () => {
  expect(() => hmacSigner({ ...credentials, recvWindow: 60_001 })).toThrow(
    new TypeError('hmacSigner: expected a recvWindow from 0 to 60000 ms, came 60001'),
  )
  expect(() => hmacSigner({ ...credentials, recvWindow: -1 })).toThrow('came -1')
  expect(() => hmacSigner({ ...credentials, recvWindow: NaN })).toThrow('came NaN')
  expect(() => hmacSigner({ ...credentials, venue: bingxSpot, recvWindow: 5_001 })).toThrow('from 0 to 5000 ms')
  expect(hmacSigner({ ...credentials, recvWindow: 60_000 }).sign([], 0)).toContain('recvWindow=60000')
  expect(hmacSigner({ ...credentials, venue: bingxSpot, recvWindow: 5_000 }).sign([], 0)).toContain('recvWindow=5000')
})

test.each([{ apiKey: '' }, { secret: '' }])('%j is no credential', (part) => {
  expect(() => hmacSigner({ ...credentials, ...part })).toThrow(
    new TypeError('hmacSigner: expected an apiKey and a secret, came an empty text'),
  )
})

test('keeps its secret', () => {
  const signer = hmacSigner({ venue: asterFutures, apiKey: 'CANARY-KEY', secret: 'CANARY-SECRET' })
  expect(inspect(signer, { depth: 9, showHidden: true }) + JSON.stringify(signer)).not.toContain('CANARY')
  expect(signer.redact('CANARY-KEY and CANARY-SECRET, CANARY-SECRET')).toBe('<redacted> and <redacted>, <redacted>')
})
