import { hmac } from '@noble/hashes/hmac'
import { sha256 } from '@noble/hashes/sha2'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils'
import { anObject, checked } from '../codecs/checked.js'
import type { Venue } from '../venues/Venue.js'
import { type Entries, urlEncoded } from './Parameters.js'
import { redact } from './redact.js'
import type { Signer } from './sign.js'

/** Credentials with a shared secret. */
export interface HmacConfig {
  /** The venue whose requests are signed: its REST table says how. */
  readonly venue: Pick<Venue, 'rest'>
  readonly apiKey: string
  readonly secret: string
  /** How old a request may be when it arrives, in ms; Aster takes up to 60,000, BingX 5,000. Default: the venue's. */
  readonly recvWindow?: number
  /** BingX: any name of yours, sent as `X-SOURCE-KEY`. Default: none. */
  readonly source?: string
}

const byName = ([a]: readonly [string, string], [b]: readonly [string, string]) => (a < b ? -1 : 1)

const plain = (parameters: Entries): string => parameters.map(plainPair).join('&')

const plainPair = ([name, value]: readonly [string, string]): string => {
  if (/[&=?#\r\n]/.test(value)) throw new TypeError(`Parameter '${name}': a value may not hold & = ? # or a line break`)
  return `${name}=${value}`
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
  ({ venue, apiKey, secret, recvWindow, source }: HmacConfig): Signer => {
    if (apiKey === '' || secret === '')
      throw new TypeError('hmacSigner: expected an apiKey and a secret, came an empty text')
    const { apiKeyHeader, hmac: scheme } = venue.rest
    const { longestWindow, sourceHeader } = scheme
    if (recvWindow !== undefined && !(recvWindow >= 0 && recvWindow <= longestWindow))
      throw new TypeError(`hmacSigner: expected a recvWindow from 0 to ${longestWindow} ms, came ${recvWindow}`)
    const named = sourceHeader !== undefined && source !== undefined && { [sourceHeader]: source }
    return {
      signing: 'hmac',
      headers: () => ({ [apiKeyHeader]: apiKey, ...named }),
      sign: (parameters, now) => {
        const given: Entries = [
          ...parameters,
          ...(recvWindow === undefined ? [] : [['recvWindow', String(recvWindow)] as const]),
          ['timestamp', String(Math.floor(now))],
        ]
        const all = scheme.isSorted === true ? given.toSorted(byName) : given
        const sent = urlEncoded(all)
        const payload = scheme.signs === 'encoded' ? sent : plain(all)
        return `${sent}&signature=${hmacHex(secret, payload)}`
      },
      redact: (text) => redact(text, [apiKey, secret]),
    }
  },
)
