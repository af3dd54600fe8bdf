import { anObject, checked } from '../codecs/checked.js'
import { isValues } from '../codecs/Values.js'
import { apiKeySigner, type ApiKeyConfig } from './apiKeySigner.js'
import { ed25519Signature, seedOfJwk, seedOfPem } from './ed25519.js'
import { redact } from './redact.js'
import type { Signer } from './sign.js'

/** A private key as an object: a `KeyObject` of Node fits, and whatever else gives its JSON Web Key at once. */
export interface Ed25519Key {
  /** As of a `KeyObject` of Node. */
  readonly export: (options: { readonly format: 'jwk' }) => object
}

/** Credentials with a private key of Ed25519, whose public key the venue was given. */
export interface Ed25519Config extends ApiKeyConfig {
  /**
   * A PEM (`-----BEGIN PRIVATE KEY-----`, PKCS #8), or a key object. One that is encrypted is read by Node's
   * `createPrivateKey({ key, passphrase })`; a `CryptoKey` of the web is exported as a PEM first.
   */
  readonly privateKey: string | Ed25519Key
}

const seedOf = (privateKey: unknown): Uint8Array => {
  const seed = typeof privateKey === 'string' ? seedOfPem(privateKey) : seedOfJwk(jwkOf(privateKey))
  if (seed?.length === 32) return seed
  throw new TypeError(
    'ed25519Signer: expected a private key of Ed25519, a PEM that is not encrypted or a key object that can be exported; ' +
      'what came is none, and is not shown',
  )
}

const isKey = (key: unknown): key is Ed25519Key => isValues(key) && typeof key['export'] === 'function'

const jwkOf = (key: unknown): { readonly crv?: unknown; readonly d?: unknown } => {
  if (!isKey(key)) return {}
  try {
    const jwk: unknown = key.export({ format: 'jwk' })
    return isValues(jwk) ? jwk : {}
  } catch {
    return {}
  }
}

/**
 * Signs with a private key of Ed25519: Binance. It needs nothing of the host, so that it is the same in Node, in pages
 * and in workers.
 *
 * ```ts
 * const venue = binanceSpot
 * const signer = ed25519Signer({ venue, apiKey, privateKey: readFileSync('ed25519.pem', 'utf8') })
 * const account = accountCommunicator(venue, { rest: createRest({ venue, signer }) })
 * ```
 *
 * @throws TypeError when the API key is empty, the private key is none, or `recvWindow` longer than the venue takes.
 */
export const ed25519Signer = checked(
  'ed25519Signer',
  [anObject('a config { venue, apiKey, privateKey }', ['venue', 'apiKey', 'privateKey'])],
  ({ privateKey, ...config }: Ed25519Config): Signer => {
    const { apiKey } = config
    if (apiKey === '') throw new TypeError('ed25519Signer: expected an apiKey, came an empty text')
    const seed = seedOf(privateKey)
    const pem = typeof privateKey === 'string' ? privateKey : undefined
    return apiKeySigner('ed25519Signer', config, {
      signing: 'ed25519',
      signature: (payload) => ed25519Signature(seed, payload),
      redact: (text) => redact(text, [apiKey, pem]),
    })
  },
)
