/** How a venue's signed requests are signed: with a shared secret, with a private key of Ed25519, or with a wallet's key. */
export type Signing = 'hmac' | 'ed25519' | 'eip712'

/** How requests of those who have an API key are written and signed, with a shared secret or a private key. */
export interface SigningScheme {
  /** How old a request may be when it arrives, in ms: the longest `recvWindow`. */
  readonly longestWindow: number
  /** Parameters are sent in the order of their names. Default: as they are given. */
  readonly isSorted?: true
  /** What is signed: names and values percent-encoded, as they are sent, or as they were before. */
  readonly signs: 'encoded' | 'plain'
  /** The header in which callers may name themselves; absent where there is none. */
  readonly sourceHeader?: string
}

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

/** A call for trades from an id on. */
export interface TradesRow {
  /** Of GET: `/fapi/v3/aggTrades`. */
  readonly path: string
  /** What it costs. */
  readonly weight: number
  /** How many it gives at most. */
  readonly most: number
  /** It wants the API key in the header. */
  readonly isKeyed?: true
}

/** Where the calls of one version are. */
export interface RestPaths {
  /** What signatures are taken, where there are several kinds the one to be preferred first. */
  readonly signing: Signing | readonly [Signing, ...Signing[]]
  /** What the paths of the venue's `calls` begin with: `/api/v3`. */
  readonly base?: string
  /** Absent where we take no order books from the venue. */
  readonly depth?: string
  /** Tells the time. */
  readonly time: string
  /** Creates, extends and closes listen keys. */
  readonly listenKey?: ListenKeyRow
  /** Absent where the venue does not give them by their ids. */
  readonly aggTrades?: TradesRow
  /** Absent where the venue does not give them by their ids. */
  readonly historicalTrades?: TradesRow
}

/** How a venue says that it takes nothing more from an address for a while, beside HTTP 429 and 418. */
export interface BanRow {
  /** The codes of errors that say so, whatever the HTTP status. */
  readonly codes: readonly number[]
  /** The words of an error that stand before the end of a ban, in ms since 1970: an error that has them says so, too. */
  readonly until: readonly string[]
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
  /** The header that the API key goes in. */
  readonly apiKeyHeader: string
  /** How what is signed by an API key is written. */
  readonly scheme: SigningScheme
  /** The header that tells the weight used in this minute; absent where the venue has none. */
  readonly usedWeightHeader?: string
  /** Tells an error from a success by the `code` of a body whose HTTP status is a success. */
  readonly isErrorCode: (code: number) => boolean
  /** HTTP statuses of success that are none. Default: there are none. */
  readonly refusals?: readonly number[]
  /** Our clock was refused, and nothing was done. */
  readonly clockCodes: readonly number[]
  /** Default: there are none. */
  readonly bans?: BanRow
  /** Trying again later may help, whatever the HTTP status. */
  readonly transientCodes: readonly number[]
  /** Key, signature, address or permission was refused: asking again with the same credentials cannot help. */
  readonly credentialCodes: readonly number[]
}
