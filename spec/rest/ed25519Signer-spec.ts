import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto'
import { inspect } from 'node:util'
import { ed25519Signature, seedOfJwk, seedOfPem } from '../../lib/rest/ed25519.js'
import { ed25519Signer } from '../../lib/rest/ed25519Signer.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import { fc, test as property } from '../property.js'

const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))
const pemOf = (key: KeyObject) => key.export({ format: 'pem', type: 'pkcs8' }).toString()
/** PKCS #8 of a seed (RFC 8410). */
const keyOf = (seed: Uint8Array) =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
    ...{ format: 'der', type: 'pkcs8' },
  })

/** RFC 8032, section 7.1: secret key, message, signature. */
test.each([
  [
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
])('the signature of RFC 8032 by %s', (seed, message, expected) => {
  const text = Buffer.from(message, 'hex').toString('latin1')
  expect(Buffer.from(ed25519Signature(hex(seed), text), 'base64').toString('hex')).toBe(expected)
})

property.prop([fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.string({ unit: 'grapheme', maxLength: 200 })], {
  numRuns: 30,
})('any text, as Node signs it', (seed, text) => {
  const key = keyOf(seed)
  const signature = ed25519Signature(seed, text)
  expect(signature).toBe(sign(null, Buffer.from(text), key).toString('base64'))
  expect(signature).toHaveLength(88)
  expect(seedOfPem(pemOf(key))).toEqual(seed)
  expect(seedOfJwk(key.export({ format: 'jwk' }))).toEqual(seed)
})

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const config = { venue: binanceSpot, apiKey: 'key' }
const entries = [['symbol', 'BTCUSDT'] as const, ['note', 'A B'] as const]

test.each([
  ['a PEM', pemOf(privateKey)],
  ['a PEM with other line breaks, and text around it', `Mine:\r\n${pemOf(privateKey).replaceAll('\n', '\r\n')}\r\n`],
  ['a key object', privateKey],
])('%s: the parameters as they are sent, and the signature of them last', (_, key) => {
  const signer = ed25519Signer({ ...config, privateKey: key, recvWindow: 5_000 })
  expect(signer.signing).toBe('ed25519')
  expect(signer.headers()).toEqual({ 'X-MBX-APIKEY': 'key' })
  const payload = 'symbol=BTCUSDT&note=A%20B&recvWindow=5000&timestamp=1700000000123'
  const signed = signer.sign(entries, 1_700_000_000_123.9)
  const [sent, signature = ''] = signed.split('&signature=')
  expect(sent).toBe(payload)
  expect(signature).not.toMatch(/[+/=]/)
  const bytes = Buffer.from(decodeURIComponent(signature), 'base64')
  expect(verify(null, Buffer.from(payload), publicKey, bytes)).toBe(true)
})

test('by the scheme of the WebSocket API: sorted by name, signed as they are', () => {
  const signed = ed25519Signer({ ...config, privateKey }).sign(entries, 5, binanceSpot.websocketApi?.scheme)
  const parameters = new URLSearchParams(signed)
  expect([...parameters.keys()]).toEqual(['note', 'symbol', 'timestamp', 'signature'])
  const bytes = Buffer.from(parameters.get('signature') ?? '', 'base64')
  expect(verify(null, Buffer.from('note=A B&symbol=BTCUSDT&timestamp=5'), publicKey, bytes)).toBe(true)
})

const { privateKey: ofRsa } = generateKeyPairSync('rsa', { modulusLength: 1_024 })
const { privateKey: ofX25519 } = generateKeyPairSync('x25519')
const encrypted = privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'canary' })

test.each<readonly [string, unknown]>([
  ['a text', 'canary'],
  ['an empty text', ''],
  ['a public key', createPublicKey(privateKey).export({ format: 'pem', type: 'spki' })],
  ['an encrypted key', encrypted],
  ['a key of RSA', pemOf(ofRsa)],
  ['a key of another curve', pemOf(ofX25519)],
  ['a key object of RSA', ofRsa],
  ['a key object that is public', publicKey],
  ['a PEM that is cut', pemOf(privateKey).replace(/.{9}==?\n|.{9}\n/, '\n')],
  ['what is no base64', '-----BEGIN PRIVATE KEY-----\nM\n-----END PRIVATE KEY-----'],
  [
    'a key that cannot be exported',
    {
      export: () => {
        throw new Error('canary')
      },
    },
  ],
  ['a number', 5],
])('%s is no private key, and is not shown', (_, key) => {
  let said = ''
  try {
    ed25519Signer({ ...config, privateKey: key as string })
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError)
    said = String(error)
  }
  expect(said).toContain('expected a private key of Ed25519')
  expect(said).not.toContain('canary')
  expect(said).not.toContain('BEGIN')
})

test('an API key, and a window that the venue takes', () => {
  expect(() => ed25519Signer({ ...config, apiKey: '', privateKey })).toThrow(
    new TypeError('ed25519Signer: expected an apiKey, came an empty text'),
  )
  expect(() => ed25519Signer({ ...config, privateKey, recvWindow: 60_001 })).toThrow(
    new TypeError('ed25519Signer: expected a recvWindow from 0 to 60000 ms, came 60001'),
  )
})

test('keeps its key', () => {
  const pem = pemOf(privateKey)
  const signer = ed25519Signer({ ...config, apiKey: 'CANARY-KEY', privateKey: pem })
  const shown = inspect(signer, { depth: 9, showHidden: true }) + JSON.stringify(signer)
  const base64 = pem.split('\n')[1] ?? ''
  for (const secret of ['CANARY', base64]) expect(shown).not.toContain(secret)
  expect(signer.redact(`CANARY-KEY ${pem}`)).toBe('<redacted> <redacted>')
})
