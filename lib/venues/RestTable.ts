/** How a venue's signed requests are signed: with a shared secret, or with a wallet's key. */
export type Signing = 'hmac' | 'eip712'

/** How a venue wants the text that is signed with a shared secret; `aster` is Binance's, too. */
export type HmacScheme = 'aster' | 'bingx'

/** The calls for listen keys. */
export interface ListenKeyRow {
  /** Of POST, which creates, PUT, which extends, and DELETE, which closes. */
  readonly path: string
  /** What the calls prove themselves by: the header alone, or a signature. */
  readonly authentication: 'apiKey' | 'signed'
  /** Extending and closing name the key; else they are about the account's only one. */
  readonly isNamed: boolean
  /** How many of these calls the venue takes per second, where it counts them apart from everything else. */
  readonly perSecond?: number
}

/** Where the calls of one version are. */
export interface RestPaths {
  readonly signing: Signing
  /** Absent where we take no order books from the venue. */
  readonly depth?: string
  readonly time: string
  readonly listenKey?: ListenKeyRow
}

/** What a venue's REST interface has. */
export interface RestTable {
  /** By version, the one to be preferred first. */
  readonly versions: Readonly<Record<string, RestPaths>>
  /** Absent where we take no order books from the venue. */
  readonly depth?: {
    /** How many levels a snapshot may be asked for; without it any whole number up to the last of `weights`. */
    readonly sizes?: readonly number[]
    /** What a snapshot of up to so many levels costs, smallest first. */
    readonly weights: readonly { readonly upTo: number; readonly weight: number }[]
  }
  readonly apiKeyHeader: string
  /** How what is signed with a shared secret is written. */
  readonly hmac: HmacScheme
  /** The header that tells the weight used in this minute; absent where the venue has none. */
  readonly usedWeightHeader?: string
  /** Tells an error from a success by the `code` of a body whose HTTP status is a success. */
  readonly isErrorCode: (code: number) => boolean
  /** HTTP statuses of success that are none. Default: there are none. */
  readonly refusals?: readonly number[]
  /** Our clock was refused, and nothing was done. */
  readonly clockCodes: readonly number[]
  /** Trying again later may help, whatever the HTTP status. */
  readonly transientCodes: readonly number[]
  /** Key, signature, address or permission was refused: asking again with the same credentials cannot help. */
  readonly credentialCodes: readonly number[]
}

const common = {
  apiKeyHeader: 'X-MBX-APIKEY',
  hmac: 'aster',
  usedWeightHeader: 'X-MBX-USED-WEIGHT-1M',
  isErrorCode: (code: number) => code < 0,
  clockCodes: [-1021, -4225],
  /** Unknown, disconnected, too many requests, unexpected answer, time-out, overloaded, too many orders, shutting down. */
  transientCodes: [-1000, -1001, -1003, -1006, -1007, -1008, -1015, -1016],
  /** The signature is wrong, the key is none, the key, the address or a permission is refused. */
  credentialCodes: [-1022, -2014, -2015],
} as const

const asterDepth = {
  sizes: [5, 10, 20, 50, 100, 500, 1_000],
  weights: [
    { upTo: 50, weight: 2 },
    { upTo: 100, weight: 5 },
    { upTo: 500, weight: 10 },
    { upTo: 1_000, weight: 20 },
  ],
}

const asterPaths = (prefix: string, isNamed: boolean) =>
  ({
    v3: {
      signing: 'eip712',
      depth: `${prefix}/v3/depth`,
      time: `${prefix}/v3/time`,
      listenKey: { path: `${prefix}/v3/listenKey`, authentication: 'signed', isNamed },
    },
    v1: {
      signing: 'hmac',
      depth: `${prefix}/v1/depth`,
      time: `${prefix}/v1/time`,
      listenKey: { path: `${prefix}/v1/listenKey`, authentication: 'apiKey', isNamed },
    },
  }) as const

const { v3: predictionV3 } = asterPaths('/api', true)

/** Aster's prediction markets': spot's v3 alone. */
export const asterPredictionRest: RestTable = { ...common, versions: { v3: predictionV3 }, depth: asterDepth }

/** Aster spot's: v3 is signed by a wallet, v1 by a shared secret. */
export const asterSpotRest: RestTable = { ...common, versions: asterPaths('/api', true), depth: asterDepth }

/** Aster futures': as spot's, and its listen key is the account's only one. */
export const asterFuturesRest: RestTable = { ...common, versions: asterPaths('/fapi', false), depth: asterDepth }

/** Binance spot's, which has no listen keys. */
export const binanceSpotRest: RestTable = {
  ...common,
  versions: { v3: { signing: 'hmac', depth: '/api/v3/depth', time: '/api/v3/time' } },
  depth: {
    weights: [
      { upTo: 100, weight: 5 },
      { upTo: 500, weight: 25 },
      { upTo: 1_000, weight: 50 },
      { upTo: 5_000, weight: 250 },
    ],
  },
}

/** BingX spot's: for accounts alone, without order books. */
export const bingxSpotRest: RestTable = {
  versions: {
    v1: {
      signing: 'hmac',
      time: '/openApi/spot/v1/server/time',
      listenKey: { path: '/openApi/user/auth/userDataStream', authentication: 'signed', isNamed: true, perSecond: 2 },
    },
  },
  apiKeyHeader: 'X-BX-APIKEY',
  hmac: 'bingx',
  isErrorCode: (code) => code !== 0,
  /** 204: parameters are missing. */
  refusals: [204],
  clockCodes: [100421],
  /** Too many requests, an error inside the venue. */
  transientCodes: [100410, 100500],
  /** The signature is wrong, a permission is missing, the key is wrong, the address is not listed. */
  credentialCodes: [100001, 100004, 100413, 100419],
}
