import { hmac } from '@noble/hashes/hmac'
import { sha256 } from '@noble/hashes/sha2'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils'
import { anObject, checked } from '../codecs/checked.js'
import { apiKeySigner, type ApiKeyConfig } from './apiKeySigner.js'
import { redact } from './redact.js'
import type { Signer } from './sign.js'

/** Credentials with a shared secret. */
export interface HmacConfig extends ApiKeyConfig {
  /** Signs, and never leaves. */
  readonly secret: string
}

/** HMAC-SHA256 in lower-case hex, as venues take it. */
export const hmacHex = (secret: string, payload: string): string =>
  bytesToHex(hmac(sha256, utf8ToBytes(secret), utf8ToBytes(payload)))

/**
 * Signs with a shared secret: Aster v1, Binance, BingX.
 *
 * ```ts
 * const venue = asterFutures
 * const rest = createRest({ venue, signer: hmacSigner({ venue, apiKey, secret }) })
 * ```
 *
 * @throws TypeError when a credential is empty, or `recvWindow` longer than the venue takes.
 */
export const hmacSigner = checked(
  'hmacSigner',
  [anObject('a config { venue, apiKey, secret }', ['venue', 'apiKey', 'secret'])],
  ({ secret, ...config }: HmacConfig): Signer => {
    const { apiKey } = config
    if (apiKey === '' || secret === '')
      throw new TypeError('hmacSigner: expected an apiKey and a secret, came an empty text')
    return apiKeySigner('hmacSigner', config, {
      signing: 'hmac',
      signature: (payload) => hmacHex(secret, payload),
      redact: (text) => redact(text, [apiKey, secret]),
    })
  },
)
