import { fill } from '../venues/grammar.js'
import { REMEMBERED } from '../venues/router.js'
import type { Venue } from '../venues/Venue.js'

/** What no token of a subject may hold, our own sign of an escape, and the sign of tokens that are no venue's. */
const forbidden = /[\s\p{Cc}\p{Cs}.*>%$]/gu
const EMPTY = '%'

const escaped = (part: string): string =>
  part === ''
    ? EMPTY
    : part.replace(forbidden, (character) => `%${character.charCodeAt(0).toString(16).padStart(4, '0')}`)

const unescaped = (token: string): string =>
  token === EMPTY
    ? ''
    : token.replace(/%([\da-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

/** `btcusdt@depth@100ms` as tokens of a subject, `btcusdt.depth.100ms`: whatever no token may hold is escaped. */
export const tokensOf = (stream: string): string => stream.split('@').map(escaped).join('.')

/** The stream name that tokens stand for: the other way round. */
export const streamOf = (tokens: string): string => tokens.split('.').map(unescaped).join('@')

/** Where the signals of one venue go, below a prefix: `md.asterFutures`. */
export interface Subjects {
  /** All of them: `md.asterFutures.>`. */
  readonly all: string
  /** What happens to connectors: `md.asterFutures.$status.>`. */
  readonly statuses: string
  /** The statuses that one connector says: `md.asterFutures.$status.connector.said`. */
  readonly statusOf: (connector: string) => string
  /** The headings of one connector, or of all, `'*'`: `md.asterFutures.$status.connector.heading`. */
  readonly headingOf: (connector: string) => string
  /** Frames that are of no one stream: answers, what nobody knows, several streams in one. */
  readonly other: string
  /** Frames of one stream: `md.asterFutures.btcusdt.depth.100ms`. */
  readonly ofStream: (name: string) => string
  /** Depth snapshots of one symbol, as payloads write it: `md.asterFutures.btcusdt.$snapshot`. */
  readonly ofSnapshot: (symbol: string) => string
  /** Depth snapshots of all symbols. */
  readonly snapshots: string
  /** Where a consumer asks connectors for a snapshot; it is in no stream: `md-ask.asterFutures.btcusdt`. */
  readonly ask: (symbol: string) => string
}

export const subjectsOf = (venue: Venue, prefix: string): Subjects => {
  const place = escaped(venue.name)
  const root = `${prefix}.${place}`
  const { bookStream } = venue
  const names = new Map<string, string>()
  const ofStream = (name: string): string => {
    const known = names.get(name)
    if (known !== undefined) return known
    const made = `${root}.${tokensOf(name)}`
    if (names.size >= REMEMBERED) names.clear()
    names.set(name, made)
    return made
  }
  /** As names of streams write it, so that one filter takes all of a symbol. */
  const inNames = (symbol: string): string => {
    try {
      return escaped(bookStream === undefined ? symbol : (fill(bookStream, { symbol }).split('@')[0] ?? symbol))
    } catch {
      return escaped(symbol)
    }
  }
  const status = (connector: string, what: string) =>
    `${root}.$status.${connector === '*' ? connector : escaped(connector)}.${what}`
  return {
    all: `${root}.>`,
    statuses: `${root}.$status.>`,
    statusOf: (connector) => status(connector, 'said'),
    headingOf: (connector) => status(connector, 'heading'),
    other: `${root}.$other`,
    ofStream,
    ofSnapshot: (symbol) => `${root}.${inNames(symbol)}.$snapshot`,
    snapshots: `${root}.*.$snapshot`,
    ask: (symbol) => `${prefix}-ask.${place}.${symbol === '*' ? symbol : inNames(symbol)}`,
  }
}
