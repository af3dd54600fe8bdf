import { readFileSync } from 'node:fs'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils'
import { addressOf, eip712Digest, eip712Signature } from '../../lib/rest/eip712.js'
import { eip712Signer } from '../../lib/rest/eip712Signer.js'
import { hmacHex, hmacSigner } from '../../lib/rest/hmacSigner.js'
import type { Entries } from '../../lib/rest/Parameters.js'
import { shared } from '../helpers/shared.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'

interface Vector {
  readonly id: string
  readonly kind: string
  readonly expected: string
  readonly secret?: string
  readonly payload?: string
  readonly user?: string
  readonly signer?: string
  readonly privateKey?: string
  readonly nonce?: string
  readonly json?: string
  readonly domain?: { readonly chainId: number }
  readonly msg?: string
  readonly digest?: string
}

const path = shared('vectors/signatures.json')
const vectors: readonly Vector[] =
  path === undefined ? [] : (JSON.parse(readFileSync(path, 'utf8')) as { vectors: readonly Vector[] }).vectors

const vector = (id: string): Vector => {
  const found = vectors.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no vector ${id}`)
  return found
}

const withVectors = (check: () => void) => () => {
  if (path === undefined) process.stdout.write('skipped: the vectors are not beside the project\n')
  else check()
}

const entriesIn = (text: string): Entries => [...new URLSearchParams(text)]
const without = (text: string, ...names: string[]) => entriesIn(text).filter(([name]) => !names.includes(name))

const ids = {
  /** A signer makes them, whole. */
  hmacSigned: ['aster-spot-v1-body', 'aster-spot-v1-query', 'aster-futures-v1-query', 'binance-spot-rest-ascii'],
  nonAscii: ['binance-spot-rest-non-ascii'],
  /** The document repeats the first example, and says so wrongly; the signature fits its payload. */
  misprinted: ['aster-futures-v1-mixed-as-documented'],
  /** No query and body are ever mixed here, and other schemes than ours; the HMAC is the same. */
  hmacOnly: ['aster-futures-v1-mixed-true', 'binance-futures-ccxt-observed'],
  /** A signer makes them by the scheme of the WebSocket API. */
  websocketApi: [
    'binance-spot-wsapi-ascii',
    'binance-spot-wsapi-non-ascii',
    'binance-spot-wsapi-ccxt-observed',
    'binance-spot-wsapi-official-connector-observed',
  ],
  bingx: ['bingx-query', 'bingx-listenkey-ccxt'],
  withUser: [
    'aster-v3-order-mainnet-with-user',
    'aster-v3-listenkey-mainnet',
    'aster-v3-listenkey-testnet',
    'aster-v3-ccxt-listenkey-observed-swap',
  ],
  withoutUser: ['aster-v3-order-mainnet-doc-python', 'aster-v3-order-testnet-714', 'aster-v3-listenkey-signer-only'],
  /** No request is empty: every one has a nonce and a signer. */
  messageOnly: ['aster-v3-empty-msg'],
  legacy: ['aster-v3-legacy-order-body', 'aster-v3-legacy-order-query'],
}

test(
  'every vector is accounted for, once',
  withVectors(() => {
    expect(Object.values(ids).flat().toSorted()).toEqual(vectors.map(({ id }) => id).toSorted())
  }),
)

test.each([...ids.hmacSigned, ...ids.nonAscii, ...ids.misprinted])('%s, by the signer', (id) => {
  withVectors(() => {
    const { secret = '', payload = '', expected } = vector(id)
    const timestamp = Number(new URLSearchParams(payload).get('timestamp'))
    const signer = hmacSigner({ venue: asterFutures, apiKey: 'key', secret, recvWindow: 5_000 })
    expect(signer.sign(without(payload, 'recvWindow', 'timestamp'), timestamp)).toBe(`${payload}&signature=${expected}`)
  })()
})

test.each(
  Object.values(ids)
    .flat()
    .filter((id) => !id.startsWith('aster-v3')),
)('%s, the HMAC', (id) => {
  withVectors(() => {
    const { secret = '', payload = '', expected, kind } = vector(id)
    expect(kind).toBe('hmac-sha256-hex')
    expect(hmacHex(secret, payload)).toBe(expected)
  })()
})

test.each(ids.bingx)('%s, by the signer', (id) => {
  withVectors(() => {
    const { secret = '', payload = '', expected } = vector(id)
    const has = (name: string) => new URLSearchParams(payload).get(name)
    const recvWindow = has('recvWindow')
    const signer = hmacSigner({
      ...{ venue: bingxSpot, apiKey: 'key', secret },
      ...(recvWindow !== null && { recvWindow: Number(recvWindow) }),
    })
    const signed = signer.sign(without(payload, 'recvWindow', 'timestamp'), Number(has('timestamp')))
    expect(signed).toBe(`${payload}&signature=${expected}`)
  })()
})

test.each(ids.websocketApi)('%s, by the signer, with the scheme of the WebSocket API', (id) => {
  withVectors(() => {
    const { secret = '', payload = '', expected } = vector(id)
    // As it is, and not as a query: characters stand for themselves.
    const pairs = payload.split('&').map((pair) => pair.split('=') as [string, string])
    const valueOf = (name: string) => pairs.find(([one]) => one === name)?.[1]
    const recvWindow = valueOf('recvWindow')
    const signer = hmacSigner({
      ...{ venue: binanceSpot, apiKey: 'key', secret },
      ...(recvWindow !== undefined && { recvWindow: Number(recvWindow) }),
    })
    const given = pairs.filter(([name]) => name !== 'recvWindow' && name !== 'timestamp').toReversed()
    const signed = signer.sign(given, Number(valueOf('timestamp')), binanceSpot.websocketApi?.scheme)
    expect([...new URLSearchParams(signed)]).toEqual([...pairs, ['signature', expected]])
  })()
})

test.each([...ids.withUser, ...ids.withoutUser])('%s, by the signer', (id) => {
  withVectors(() => {
    const { privateKey = '', signer: address = '', domain, msg = '', expected } = vector(id)
    const includeUser = ids.withUser.includes(id)
    const parameters = new URLSearchParams(msg)
    const user = parameters.get('user') ?? address
    const chainId = domain?.chainId ?? 0
    const signer = eip712Signer({ user, signer: address, privateKey, chainId, includeUser })
    const now = Number(parameters.get('nonce')) / 1_000
    expect(signer.sign(without(msg, 'nonce', 'user', 'signer'), now)).toBe(`${msg}&signature=${expected}`)
  })()
})

test.each([...ids.withUser, ...ids.withoutUser, ...ids.messageOnly])('%s, digest, signature and address', (id) => {
  withVectors(() => {
    const { privateKey = '', signer, domain, msg = '', digest, expected, kind } = vector(id)
    const key = hexToBytes(privateKey.slice(2))
    const chainId = domain?.chainId ?? 0
    expect(kind).toBe('aster-v3-eip712')
    expect(`0x${bytesToHex(eip712Digest(chainId, msg))}`).toBe(digest)
    expect(eip712Signature(key, chainId, msg)).toBe(expected)
    expect(addressOf(key)).toBe(signer)
  })()
})

test.each(ids.legacy)('%s is not what is made', (id) => {
  withVectors(() => {
    const { privateKey = '', user = '', nonce = '', json = '{}', expected, kind } = vector(id)
    expect(kind).toContain('LEGACY')
    const key = hexToBytes(privateKey.slice(2))
    const entries = Object.entries(JSON.parse(json) as Record<string, string>)
    const signed = eip712Signer({ user, privateKey }).sign(entries, Number(nonce) / 1_000)
    expect(new URLSearchParams(signed).get('nonce')).toBe(nonce)
    expect(signed).not.toContain(expected.slice(2))
    expect(new URLSearchParams(signed).get('signature')).toMatch(/^0x[0-9a-f]{130}$/)
    for (const chainId of [1_666, 714]) expect(eip712Signature(key, chainId, json)).not.toBe(expected)
  })()
})
