import { chosenPaths, proving } from '../../lib/rest/credentials.js'
import { hmacSigner } from '../../lib/rest/hmacSigner.js'
import type { RestConfig } from '../../lib/rest/Rest.js'
import { eip712Signer } from '../../lib/rest/eip712Signer.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'

const hmac = hmacSigner({ venue: asterFutures, apiKey: 'key', secret: 'secret' })
const wallet = eip712Signer({ user: `0x${'0'.repeat(40)}`, privateKey: `${'0'.repeat(63)}1` })

const proof = (config: RestConfig) => proving(config, { signing: config.signer?.signing ?? 'hmac' })

test.each([
  ['nothing', {}, 'v3'],
  ['an API key', { apiKey: 'key' }, 'v1'],
  ['a shared secret', { signer: hmac }, 'v1'],
  ['a wallet', { signer: wallet }, 'v3'],
  ['a wallet and an API key', { signer: wallet, apiKey: 'key' }, 'v3'],
  ['a version', { version: 'v1' }, 'v1'],
  ['a version that another would sign', { signer: hmac, version: 'v3' }, 'v3'],
])('the paths for %s', (_, config, version) => {
  expect(chosenPaths({ venue: asterFutures, ...config })).toEqual([version, asterFutures.rest.versions[version]])
})

test('a version that the venue does not have', () => {
  expect(() => chosenPaths({ venue: asterFutures, version: 'v2' })).toThrow(
    new TypeError("asterFutures has the versions v3, v1; expected was 'v2'"),
  )
  expect(() => chosenPaths({ venue: binanceSpot, signer: wallet })).toThrow(
    new TypeError('binanceSpot has the versions v3; expected was one that is signed by eip712'),
  )
})

test('what a request carries', () => {
  const { rest } = asterFutures
  expect(proof({ venue: asterFutures })('none')).toEqual({ headers: {}, signer: undefined })
  expect(proof({ venue: asterFutures, apiKey: 'mine', signer: hmac })('none')).toEqual({
    headers: {},
    signer: undefined,
  })
  expect(proof({ venue: asterFutures, apiKey: 'mine' })('apiKey')).toEqual({
    headers: { [rest.apiKeyHeader]: 'mine' },
    signer: undefined,
  })
  expect(proof({ venue: asterFutures, signer: hmac })('apiKey')).toEqual({
    headers: { 'X-MBX-APIKEY': 'key' },
    signer: undefined,
  })
  expect(proof({ venue: asterFutures, signer: hmac })('signed')).toEqual({
    headers: { 'X-MBX-APIKEY': 'key' },
    signer: hmac,
  })
  expect(proof({ venue: asterFutures, signer: wallet })('signed')).toEqual({ headers: {}, signer: wallet })
})

test('a signer of another version', () => {
  const config = { venue: asterFutures, version: 'v3', signer: hmac }
  expect(() => proving(config, { signing: 'eip712' })('signed')).toThrow(
    new TypeError('A signed request: expected a signer of eip712, came one of hmac'),
  )
})

test('what is missing is said', () => {
  expect(() => proof({ venue: asterFutures, apiKey: 'key' })('signed')).toThrow(
    new TypeError('A signed request: expected createRest to get a signer, came none'),
  )
  const needsKey = new TypeError(
    'A request with an API key: expected createRest to get an apiKey or a signer that has one, came none',
  )
  expect(() => proof({ venue: asterFutures })('apiKey')).toThrow(needsKey)
  expect(() => proof({ venue: asterFutures, signer: wallet })('apiKey')).toThrow(needsKey)
})

test.each(['canary\nkey', 'canary\0key', 'canaryé'])('an API key that no header can hold: %j', (apiKey) => {
  const expected = new TypeError('An API key: expected visible ASCII characters, came others; it is not shown')
  expect(() => proof({ venue: asterFutures, apiKey })('apiKey')).toThrow(expected)
})
