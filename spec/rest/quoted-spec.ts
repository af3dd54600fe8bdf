import * as t from 'io-ts'
import { createRest } from '../../lib/rest/createRest.js'
import { hmacSigner } from '../../lib/rest/hmacSigner.js'
import { eip712Signer } from '../../lib/rest/eip712Signer.js'
import { quotable } from '../../lib/rest/quotable.js'
import type { RequestConfig, RestConfig } from '../../lib/rest/Rest.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { failure } from './failure.js'
import { venueInMemory, type Said, type Seen } from './venueInMemory.js'

const KEY = 'vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A'
const LISTEN = 'pqia91ma19a5s61cv6a81va65sdf19v8a65a1a5s61cv6a81va65sdf19v8a65a1'
const SHORT = 'Zq7-pw'
const PRIVATE = `0x${'4c0883a69102937d'.repeat(4)}`

const base64 = (text: string) => Buffer.from(text).toString('base64')

/** What a venue may make of what it was told. */
const spellings: readonly (readonly [string, (secret: string) => string])[] = [
  ['as it is', (secret) => secret],
  ['in capitals', (secret) => secret.toUpperCase()],
  ['in small letters', (secret) => secret.toLowerCase()],
  ['in base64', base64],
  ['in base64url', (secret) => Buffer.from(secret).toString('base64url')],
  ['in base64, with its name', (secret) => base64(`api-key: ${secret}`)],
  ['in hex', (secret) => Buffer.from(secret).toString('hex').toUpperCase()],
  ['url-encoded twice', (secret) => encodeURIComponent(encodeURIComponent(`${secret}&+`))],
  ['with every character encoded', (secret) => Array.from(secret, (c) => `%${c.charCodeAt(0).toString(16)}`).join('')],
  ['in wide letters', (secret) => Array.from(secret, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join('')],
  ['backwards', (secret) => Array.from(secret).reverse().join('')],
  ['the half of it', (secret) => secret.slice(secret.length / 2)],
]

const ways: readonly (readonly [string, (echo: string) => Said])[] = [
  [
    'in the message of an error',
    (echo) => ({ status: 401, text: JSON.stringify({ code: -2014, msg: `Bad key '${echo}'.` }) }),
  ],
  ['in a page', (echo) => ({ status: 403, text: `<html><b>${echo}</b></html>` })],
  ['in the words of a ban', (echo) => ({ status: 429, text: `{"code":-1003,"msg":"${echo} banned until 1"}` })],
  ['in an answer that is cut', (echo) => ({ text: `{"x":"${echo}` })],
  ['as a key', (echo) => ({ text: JSON.stringify({ [echo]: 'x' }) })],
]

const carriers: readonly (readonly [
  string,
  string,
  Partial<RestConfig>,
  RequestConfig,
  Readonly<Record<string, string>>,
])[] = [
  ['an API key', KEY, { apiKey: KEY, version: 'v1' }, { authentication: 'apiKey' }, {}],
  [
    'a secret',
    KEY,
    { signer: hmacSigner({ venue: asterFutures, apiKey: 'x', secret: KEY }) },
    { authentication: 'signed' },
    {},
  ],
  [
    'a private key',
    PRIVATE,
    { signer: eip712Signer({ user: `0x${'0'.repeat(40)}`, privateKey: PRIVATE }) },
    { authentication: 'signed' },
    {},
  ],
  ['a listen key', LISTEN, {}, {}, { listenKey: LISTEN }],
  ['a short key', SHORT, { apiKey: SHORT, version: 'v1' }, { authentication: 'apiKey' }, {}],
]

/** The spellings that even a short key has; others would be found everywhere. */
const ofShort = new Set(['as it is', 'in capitals', 'in small letters', 'in base64', 'in hex', 'url-encoded twice'])

describe('F78 what comes back from a request that carried a secret', () => {
  for (const [what, secret, config, options, parameters] of carriers)
    for (const [how, spell] of spellings.filter(([name]) => secret !== SHORT || ofShort.has(name)))
      test.each(ways)(`quotes no ${what} ${how}, %s`, async (_, said) => {
        const echo = spell(secret)
        const answer = (seen: Seen) => (seen.method === 'GET' ? said(echo) : {})
        const { fetch } = venueInMemory(answer)
        const rest = createRest({ venue: asterFutures, fetch, retry: { count: 0 }, ...config })
        const error = await failure(rest.request('GET', '/x', parameters, t.record(t.string, t.number), options))
        const told = `${JSON.stringify(error)} ${error.message}`.normalize('NFKC').toLowerCase()
        // Nothing of it that is long enough to be of use.
        const plain = echo.normalize('NFKC').toLowerCase()
        const parts = Array.from({ length: Math.max(1, plain.length - 13) }, (__, i) => plain.slice(i, i + 14))
        expect(parts.filter((part) => told.includes(part))).toEqual([])
      })

  test('is quoted by its code and its message, cut', async () => {
    const msg = `Parameter 'timeInForce' sent when not required. ${'so it is '.repeat(100)}`
    const { fetch } = venueInMemory(() => ({ status: 400, text: JSON.stringify({ code: -1106, msg }) }))
    const rest = createRest({ venue: asterFutures, fetch, apiKey: KEY, version: 'v1' })
    const { failure: what } = await failure(rest.request('GET', '/x', {}, t.unknown, { authentication: 'apiKey' }))
    expect(what).toEqual({ kind: 'venue', status: 400, code: -1106, reason: msg.slice(0, 200) })
  })

  test('is no page, whatever it says', async () => {
    const { fetch } = venueInMemory(() => ({ status: 404, text: '<html>no such thing</html>' }))
    const rest = createRest({ venue: asterFutures, fetch, apiKey: KEY, version: 'v1' })
    const { failure: what } = await failure(rest.request('GET', '/x', {}, t.unknown, { authentication: 'apiKey' }))
    expect(what).toEqual({ kind: 'http', status: 404, reason: '26 characters, not shown' })
    const open = await failure(rest.request('GET', '/x', {}, t.unknown))
    expect(open.failure).toEqual({ kind: 'http', status: 404, reason: '<html>no such thing</html>' })
  })

  test('is no error of a fetch of your own, either', async () => {
    const fetch = () => Promise.reject(Object.assign(new Error('x'), { code: `FAILED ${base64(KEY)}` }))
    const rest = createRest({ venue: asterFutures, fetch, apiKey: KEY, version: 'v1', retry: { count: 0 } })
    const error = await failure(rest.request('GET', '/x', {}, t.unknown, { authentication: 'apiKey' }))
    expect(error.message).toContain('FAILED <redacted>')
    expect(error.message).not.toContain(base64(KEY).slice(0, 14))
  })
})

test.each([
  ['Invalid symbol.', 'Invalid symbol.'],
  ['IP(1.2.3.4) banned until 1723110001001', 'IP(1.2.3.4) banned until 1723110001001'],
  ['order 8389766079988521101 of 1000SHIBUSDT', 'order 8389766079988521101 of 1000SHIBUSDT'],
  ['clientOrderID is duplicated', 'clientOrderID is duplicated'],
  [`key=${KEY},`, '<redacted>,'],
  [`${'x '.repeat(499)}abcdefghij`, 'x '.repeat(100)],
  ['', ''],
])('what may be quoted of %j', (text, quoted) => {
  expect(quotable(text)).toBe(quoted)
})

test('of a text that is cut, no part of a secret is left', () => {
  expect(quotable(`${'\u200b'.repeat(990)}${KEY}`)).not.toContain('vmPU')
  expect(quotable(`${'. '.repeat(60)}${'\u200b'.repeat(70)}${KEY}`)).toContain('<')
})
