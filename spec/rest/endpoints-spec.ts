import { checkedEndpoint, createEndpoints, endpointsOf } from '../../lib/rest/endpoints.js'
import { RestError } from '../../lib/rest/RestError.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'

const unreachable = new RestError('GET /x', { kind: 'network', reason: 'ECONNREFUSED' })
const late = new RestError('GET /x', { kind: 'timeout', reason: 'no answer', after: 1 })
const answered = new RestError('GET /x', { kind: 'http', status: 503, reason: '' })

test('the first, until no answer comes from there; then the next, and round again', () => {
  const { current, failed } = createEndpoints(['a', 'b'])
  expect(current()).toBe('a')
  failed('a', unreachable)
  expect(current()).toBe('b')
  failed('b', late)
  expect(current()).toBe('a')
})

test('many that fail at once leave it once', () => {
  const { current, failed } = createEndpoints(['a', 'b'])
  for (let i = 0; i < 2; i++) failed('a', unreachable)
  expect(current()).toBe('b')
})

test('an answer, and what is no answer of a venue, are no reason to leave', () => {
  const { current, failed } = createEndpoints(['a', 'b'])
  for (const error of [answered, new Error('x'), undefined]) failed('a', error)
  expect(current()).toBe('a')
})

test('the only one stays', () => {
  const { current, failed } = createEndpoints(['a'])
  failed('a', unreachable)
  expect(current()).toBe('a')
})

test('the addresses: a configured one stands alone', () => {
  expect(endpointsOf({ venue: bingxSpot })).toEqual(['https://open-api.bingx.com', 'https://open-api.bingx.pro'])
  expect(endpointsOf({ venue: bingxSpot, endpoint: 'http://127.0.0.1:1/' })).toEqual(['http://127.0.0.1:1'])
  expect(endpointsOf({ venue: asterFutures })).toEqual(['https://fapi.asterdex.com'])
})

test('an address, without the slashes at its end', () => {
  expect(checkedEndpoint('https://host')).toBe('https://host')
  expect(checkedEndpoint('http://127.0.0.1:80/prefix//')).toBe('http://127.0.0.1:80/prefix')
})

test.each([
  '',
  'host',
  'ftp://host',
  'xhttp://h',
  'https://user:CANARY@host',
  'https://h?CANARY=1',
  'https://h#CANARY',
])('%j is none, and is not shown', (endpoint) => {
  expect(() => checkedEndpoint(endpoint)).toThrow(
    new TypeError('endpoint: expected an address like https://host, without a user and without a query'),
  )
})
