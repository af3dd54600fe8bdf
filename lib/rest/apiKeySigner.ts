import type { Signing } from '../venues/RestTable.js'
import type { Venue } from '../venues/Venue.js'
import { type Entries, urlEncoded } from './Parameters.js'
import type { Signer } from './sign.js'

/** What those who have an API key give, whatever they sign with. */
export interface ApiKeyConfig {
  /** The venue whose requests are signed: its REST table says how. */
  readonly venue: Pick<Venue, 'rest'>
  /** Goes with each request, in a header. */
  readonly apiKey: string
  /** How old a request may be when it arrives, in ms; Aster and Binance take up to 60,000, BingX 5,000. Default: the venue's. */
  readonly recvWindow?: number
  /** BingX: any name of yours, sent as `X-SOURCE-KEY`. Default: none. */
  readonly source?: string
}

/** What the signatures are made with. */
export interface SigningKey extends Pick<Signer, 'redact'> {
  readonly signing: Signing
  /** The signature of a text. */
  readonly signature: (payload: string) => string
}

const byName = ([a]: readonly [string, string], [b]: readonly [string, string]) => (a < b ? -1 : 1)

const plain = (parameters: Entries): string => parameters.map(plainPair).join('&')

const plainPair = ([name, value]: readonly [string, string]): string => {
  if (/[&=?#\r\n]/.test(value)) throw new TypeError(`Parameter '${name}': a value may not hold & = ? # or a line break`)
  return `${name}=${value}`
}

/**
 * A signer of those who have an API key, which is sent in a header; the time goes before the signature, and that is last.
 *
 * @throws TypeError when `recvWindow` is longer than the venue takes; `who` is who says so.
 */
export const apiKeySigner = (
  who: string,
  { venue, apiKey, recvWindow, source }: ApiKeyConfig,
  { signing, signature, redact }: SigningKey,
): Signer => {
  const { apiKeyHeader, scheme: usual } = venue.rest
  const { longestWindow, sourceHeader } = usual
  if (recvWindow !== undefined && !(recvWindow >= 0 && recvWindow <= longestWindow))
    throw new TypeError(`${who}: expected a recvWindow from 0 to ${longestWindow} ms, came ${recvWindow}`)
  const named = sourceHeader !== undefined && source !== undefined && { [sourceHeader]: source }
  return {
    signing,
    headers: () => ({ [apiKeyHeader]: apiKey, ...named }),
    sign: (parameters, now, scheme = usual) => {
      const given: Entries = [
        ...parameters,
        ...(recvWindow === undefined ? [] : [['recvWindow', String(recvWindow)] as const]),
        ['timestamp', String(Math.floor(now))],
      ]
      const all = scheme.isSorted === true ? given.toSorted(byName) : given
      const sent = urlEncoded(all)
      const payload = scheme.signs === 'encoded' ? sent : plain(all)
      return `${sent}&${urlEncoded([['signature', signature(payload)]])}`
    },
    redact,
  }
}
