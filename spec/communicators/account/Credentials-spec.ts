import { generateKeyPairSync } from 'node:crypto'
import { secretsIn, type Credentials } from '../../../lib/communicators/account/Credentials.js'
import { accountCommunicator } from '../../../lib/communicators/accountCommunicator.js'
import { createRest } from '../../../lib/rest/createRest.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { asterPrediction } from '../../../lib/venues/asterPrediction.js'
import { asterSpot } from '../../../lib/venues/asterSpot.js'
import { binanceFutures } from '../../../lib/venues/binanceFutures.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../../lib/venues/bingxSpot.js'
import type { Venue } from '../../../lib/venues/Venue.js'

const pem = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
const user = `0x${'0'.repeat(40)}`
const privateKey = `0x${'0'.repeat(63)}1`
const expected = 'accountCommunicator: expected credentials { apiKey }, { user, privateKey } or { rest }'

test.each<readonly [string, Venue, Credentials]>([
  ['an API key', asterSpot, { apiKey: 'key' }],
  ['an API key and a secret', asterFutures, { apiKey: 'key', secret: 'secret' }],
  ['a wallet', asterFutures, { user, privateKey }],
  ['a wallet', asterPrediction, { user, privateKey, chainId: 714 }],
  ['an API key and a secret', binanceSpot, { apiKey: 'key', secret: 'secret' }],
  ['an API key and a private key', binanceSpot, { apiKey: 'key', privateKey: pem }],
  ['an API key', binanceFutures, { apiKey: 'key' }],
  ['an API key and a secret', bingxSpot, { apiKey: 'key', secret: 'secret', source: 'me' }],
  ['a rest', asterSpot, { rest: createRest({ venue: asterSpot, apiKey: 'key' }) }],
])('%s', (_, venue, credentials) => {
  expect([...(accountCommunicator(venue, credentials).account ?? ['none'])]).toEqual(
    venue === bingxSpot ? ['spot.executionReport', 'ACCOUNT_UPDATE'] : [],
  )
})

test.each<readonly [string, Venue, unknown, string]>([
  ['none', asterSpot, {}, `${expected}, came none of them`],
  ['nothing', asterSpot, undefined, `${expected}, came none of them`],
  ['a text', asterSpot, 'canary', `${expected}, came none of them`],
  ['two kinds', asterSpot, { apiKey: 'canary', user, privateKey }, `${expected}, came apiKey and privateKey`],
  ['an empty key', asterSpot, { apiKey: '' }, `${expected}; apiKey is no text, or an empty one`],
  ['an empty secret', asterSpot, { apiKey: 'canary', secret: '' }, `${expected}; secret is no text, or an empty one`],
  ['a number', asterSpot, { apiKey: 5 }, `${expected}; apiKey is no text, or an empty one`],
  ['no user', asterSpot, { privateKey: 'canary' }, `${expected}; user is no text, or an empty one`],
  ['a bad private key', asterSpot, { user, privateKey: 'canary' }, 'expected a private key of 32 bytes in hex'],
  ['an API key where only wallets sign', asterPrediction, { apiKey: 'canary' }, 'asterPrediction has the versions v3'],
  ['a wallet where only secrets sign', bingxSpot, { user, privateKey }, 'bingxSpot has the versions v1'],
  ['no secret where all is signed', bingxSpot, { apiKey: 'canary' }, 'expected createRest to get a signer, came none'],
  [
    'no secret where subscriptions are signed',
    binanceSpot,
    { apiKey: 'canary' },
    'binanceSpot takes signed subscriptions',
  ],
  ['a private key that is none', binanceSpot, { apiKey: 'canary', privateKey: 'canary' }, 'a private key of Ed25519'],
  [
    'a private key where secrets sign',
    asterSpot,
    { apiKey: 'canary', privateKey: pem },
    'asterSpot has the versions v3, v1',
  ],
  ['a rest without credentials', asterSpot, { rest: createRest({ venue: asterSpot }) }, 'came none'],
  [
    'a rest of another venue',
    asterSpot,
    { rest: createRest({ venue: asterFutures, apiKey: 'canary' }) },
    'accountCommunicator: expected a rest of asterSpot, came one of asterFutures',
  ],
])('%s: said at once, and no value shown', (_, venue, credentials, message) => {
  let said = ''
  try {
    accountCommunicator(venue, credentials as Credentials)
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError)
    said = String(error)
  }
  expect(said).toContain(message)
  expect(said).not.toContain('canary')
})

test('a version that the credentials do not fit', () => {
  const version = (name: string) => ({ rest: { version: name } })
  expect(() => accountCommunicator(asterSpot, { apiKey: 'key', secret: 's' }, version('v3'))).toThrow(
    'expected a signer of eip712, came one of hmac',
  )
  expect(() => accountCommunicator(asterSpot, { user, privateKey }, version('v1'))).toThrow('with an API key')
})

test('a rest, and a config for one', () => {
  const rest = createRest({ venue: asterSpot, apiKey: 'key' })
  expect(() => accountCommunicator(asterSpot, { rest }, { rest: {} })).toThrow('came both')
})

test('no room for frames that wait', () => {
  expect(() => accountCommunicator(asterSpot, { apiKey: 'key' }, { maxBuffer: 0 })).toThrow(
    '`maxBuffer` of at least 1, came 0',
  )
})

test('the secrets in credentials', () => {
  expect(secretsIn({ apiKey: 'key', secret: 'secret' })).toEqual(['key', 'secret'])
  expect(secretsIn({ user, privateKey })).toEqual([privateKey, privateKey.slice(2)])
  expect(secretsIn({ rest: createRest({ venue: asterSpot }) })).toEqual([])
})
