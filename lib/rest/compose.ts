import type { Sendable } from './fetchText.js'
import { type Entries, urlEncoded } from './Parameters.js'
import { redact } from './redact.js'
import type { Method } from './Rest.js'
import type { Signer } from './Signer.js'

/** What a request is made of. */
export interface Ingredients {
  readonly endpoint: string
  readonly method: Method
  readonly path: string
  readonly entries: Entries
  /** The header of the API key, where there is one. */
  readonly headers: Readonly<Record<string, string>>
  /** Signs it; without one it goes unsigned. */
  readonly signer: Signer | undefined
}

/** A request to be sent, and what takes its secrets out of a text. */
export interface Composed extends Sendable {
  readonly redact: (text: string) => string
}

/** Writes a request down; `now` is the venue's time. */
export const compose = ({ endpoint, method, path, entries, headers, signer }: Ingredients, now: number): Composed => {
  const parameters = signer === undefined ? urlEncoded(entries) : signer.sign(entries, now)
  const inBody = (method === 'POST' || method === 'PUT') && parameters !== ''
  const query = inBody || parameters === '' ? '' : `?${parameters}`
  const listenKeys = entries.filter(([name]) => name === 'listenKey').map(([, value]) => value)
  const signature = /(?:^|&)signature=([^&]+)$/.exec(parameters)?.[1]
  const secrets = [...Object.values(headers), ...listenKeys, signature]
  return {
    request: `${method} ${path}`,
    url: `${endpoint}${path}${query}`,
    method,
    headers: { ...headers, ...(inBody && { 'Content-Type': 'application/x-www-form-urlencoded' }) },
    ...(inBody && { body: parameters }),
    redact: (text) => redact(signer === undefined ? text : signer.redact(text), secrets),
  }
}
