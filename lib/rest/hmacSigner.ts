import { createHmac } from 'node:crypto'
import { type Entries, urlEncoded } from './Parameters.js'
import { redact } from './redact.js'
import type { Signer } from './sign.js'

/** Credentials with a shared secret. */
export interface HmacConfig {
  readonly apiKey: string
  readonly secret: string
  /** `aster` is Binance's too. Default: `aster`. */
  readonly scheme?: 'aster' | 'bingx'
  /** How old a request may be when it arrives, in ms; Aster takes up to 60,000, BingX 5,000. Default: the venue's. */
  readonly recvWindow?: number
  /** BingX: any name of yours, sent as `X-SOURCE-KEY`. Default: none. */
  readonly source?: string
}

interface Scheme {
  readonly longestWindow: number
  readonly headers: (config: HmacConfig) => Readonly<Record<string, string>>
  /** Puts the parameters into the order in which they are sent. */
  readonly arrange: (parameters: Entries) => Entries
  /** What is signed. */
  readonly payload: (parameters: Entries) => string
}

const byName = ([a]: readonly [string, string], [b]: readonly [string, string]) => (a < b ? -1 : 1)

const checkedPlain = ([name, value]: readonly [string, string]): string => {
  if (/[&=?#\r\n]/.test(value)) throw new TypeError(`Parameter '${name}': a value may not hold & = ? # or a line break`)
  return `${name}=${value}`
}

const schemes: Readonly<Record<'aster' | 'bingx', Scheme>> = {
  aster: {
    longestWindow: 60_000,
    headers: ({ apiKey }) => ({ 'X-MBX-APIKEY': apiKey }),
    arrange: (parameters) => parameters,
    payload: urlEncoded,
  },
  bingx: {
    longestWindow: 5_000,
    headers: ({ apiKey, source }) => ({
      'X-BX-APIKEY': apiKey,
      ...(source !== undefined && { 'X-SOURCE-KEY': source }),
    }),
    arrange: (parameters) => parameters.toSorted(byName),
    payload: (parameters) => parameters.map(checkedPlain).join('&'),
  },
}

/** HMAC-SHA256 in lower-case hex, as venues take it. */
export const hmacHex = (secret: string, payload: string): string =>
  createHmac('sha256', secret).update(payload).digest('hex')

/**
 * Signs with a shared secret: Aster v1, Binance, BingX.
 *
 * ```ts
 * const rest = createRest({ venue: asterFutures, signer: hmacSigner({ apiKey, secret }) })
 * ```
 *
 * @throws TypeError when a credential is empty, or `recvWindow` longer than the venue takes.
 */
export const hmacSigner = (config: HmacConfig): Signer => {
  const { apiKey, secret, scheme = 'aster', recvWindow } = config
  if (apiKey === '' || secret === '')
    throw new TypeError('hmacSigner: expected an apiKey and a secret, came an empty text')
  const { longestWindow, headers, arrange, payload } = schemes[scheme]
  if (recvWindow !== undefined && !(recvWindow >= 0 && recvWindow <= longestWindow))
    throw new TypeError(`hmacSigner: expected a recvWindow from 0 to ${longestWindow} ms, came ${recvWindow}`)
  return {
    signing: 'hmac',
    headers: () => headers(config),
    sign: (parameters, now) => {
      const all = arrange([
        ...parameters,
        ...(recvWindow === undefined ? [] : [['recvWindow', String(recvWindow)] as const]),
        ['timestamp', String(Math.floor(now))],
      ])
      return `${urlEncoded(all)}&signature=${hmacHex(secret, payload(all))}`
    },
    redact: (text) => redact(text, [apiKey, secret]),
  }
}
