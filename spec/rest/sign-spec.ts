import { hmacHex, hmacSigner } from '../../lib/rest/hmacSigner.js'
import { sign, type UnsignedRequest } from '../../lib/rest/sign.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'

const order: UnsignedRequest = {
  endpoint: 'https://host',
  method: 'GET',
  path: '/api/v1/depth',
  entries: [
    ['symbol', 'BTC USDT'],
    ['limit', '5'],
  ],
  headers: {},
  signer: undefined,
}
const query = 'symbol=BTC%20USDT&limit=5'
const form = { 'Content-Type': 'application/x-www-form-urlencoded' }

test.each(['GET', 'DELETE'] as const)('%s carries its parameters in the address', (method) => {
  const { redact, isSecret, ...sendable } = sign({ ...order, method }, 0)
  expect(isSecret).toBe(false)
  expect(sendable).toEqual({
    request: `${method} /api/v1/depth`,
    url: `https://host/api/v1/depth?${query}`,
    method,
    headers: {},
  })
  expect(redact('text')).toBe('text')
})

test.each(['POST', 'PUT'] as const)('%s carries its parameters in the body', (method) => {
  const { redact, isSecret, ...sendable } = sign({ ...order, method, headers: { Key: 'k' } }, 0)
  expect(isSecret).toBe(true)
  expect(sendable).toEqual({
    request: `${method} /api/v1/depth`,
    url: 'https://host/api/v1/depth',
    method,
    headers: { Key: 'k', ...form },
    body: query,
  })
  expect(redact('a k b')).toBe('a <redacted> b')
})

test.each(['GET', 'POST', 'PUT', 'DELETE'] as const)('%s without parameters carries nothing', (method) => {
  const { redact, isSecret, ...sendable } = sign({ ...order, method, entries: [] }, 0)
  expect(isSecret).toBe(false)
  expect(sendable).toEqual({
    request: `${method} /api/v1/depth`,
    url: 'https://host/api/v1/depth',
    method,
    headers: {},
  })
  expect(redact('')).toBe('')
})

test('a signed one carries what its signer says, and its signature is a secret', () => {
  const signer = hmacSigner({ venue: asterFutures, apiKey: 'CANARY-KEY', secret: 'CANARY-SECRET' })
  const entries = [['listenKey', 'CANARY-LISTEN']] as const
  const { url, body, redact } = sign({ ...order, method: 'PUT', entries, signer }, 7)
  const payload = 'listenKey=CANARY-LISTEN&timestamp=7'
  const signature = hmacHex('CANARY-SECRET', payload)
  expect([url, body]).toEqual(['https://host/api/v1/depth', `${payload}&signature=${signature}`])
  expect(redact(`${signature}, CANARY-KEY, CANARY-SECRET, CANARY-LISTEN!`)).toBe(
    '<redacted>, <redacted>, <redacted>, <redacted>!',
  )
})
