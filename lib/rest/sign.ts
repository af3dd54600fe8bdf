import type { Signing, SigningScheme } from '../venues/RestTable.js'
import type { Sendable } from './fetchText.js'
import { type Entries, urlEncoded } from './Parameters.js'
import { quotable } from './quotable.js'
import { redact } from './redact.js'

/** The HTTP method of a request. */
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** Proves to a venue who asks. It keeps its secrets to itself: nothing in it can be printed. */
export interface Signer {
  /** How it signs: what a version of the interface asks for. */
  readonly signing: Signing
  /** What every request carries in its headers, signed or not. */
  readonly headers: () => Readonly<Record<string, string>>
  /**
   * Gives the parameters exactly as they are sent: url-encoded, with time or nonce and, last, the `signature`.
   * `now` is the venue's time as far as we know it, in ms since 1970; `scheme` how it is written, where that is not as in
   * REST.
   */
  readonly sign: (parameters: Entries, now: number, scheme?: SigningScheme) => string
  /** The venue refused our clock, and nothing that was signed by it; the clock was set, and says `now`. */
  readonly clockSet?: (now: number) => void
  /** A text without the secrets of this signer. */
  readonly redact: (text: string) => string
}

/** A request before it is signed: the time or nonce in a signature is that of its leaving. */
export interface UnsignedRequest {
  readonly endpoint: string
  readonly method: Method
  readonly path: string
  readonly entries: Entries
  /** A body of JSON in place of parameters. */
  readonly body?: string
  /** The header of the API key, where there is one. */
  readonly headers: Readonly<Record<string, string>>
  /** Signs it; without one it goes unsigned. */
  readonly signer: Signer | undefined
}

/** A request to be sent, and what takes its secrets out of a text. */
export interface SignedRequest extends Sendable {
  readonly redact: (text: string) => string
  /** It carries a secret, which may come back in any spelling: nothing that comes back is quoted as a whole. */
  readonly isSecret: boolean
}

const FORM_TYPE = 'application/x-www-form-urlencoded'
const JSON_TYPE = 'application/json'

/** Writes a request down as it is sent; `now` is the venue's time. */
export const sign = (
  { endpoint, method, path, entries, body, headers, signer }: UnsignedRequest,
  now: number,
): SignedRequest => {
  const parameters = signer === undefined ? urlEncoded(entries) : signer.sign(entries, now)
  const inBody = (method === 'POST' || method === 'PUT') && parameters !== ''
  const isJson = body !== undefined
  const sent = body ?? (inBody ? parameters : undefined)
  const query = inBody || parameters === '' ? '' : `?${parameters}`
  const listenKeys = entries.filter(([name]) => name === 'listenKey').map(([, value]) => value)
  const signature = /(?:^|&)signature=([^&]+)$/.exec(parameters)?.[1]
  const secrets = [...Object.values(headers), ...listenKeys, signature]
  const isSecret = signer !== undefined || secrets.some((secret) => secret !== undefined && secret !== '')
  const withoutSecrets = (text: string): string => {
    const rest = redact(signer === undefined ? text : signer.redact(text), secrets)
    if (isSecret) return quotable(rest) // F78
    return rest
  }
  return {
    request: `${method} ${path}`,
    url: `${endpoint}${path}${query}`,
    method,
    headers: { ...headers, ...(sent !== undefined && { 'Content-Type': isJson ? JSON_TYPE : FORM_TYPE }) },
    ...(sent !== undefined && { body: sent }),
    redact: withoutSecrets,
    isSecret,
  }
}
