import type { Values } from '../../codecs/Values.js'
import type { Filters } from '../exchange/Filters.js'
import type { ErrorCatalogue } from './ErrorCatalogue.js'
import type { MarketCall } from './MarketCall.js'
import type { PolledStream } from './PolledStream.js'
import type { RestAnswer, RestRequest } from './RestMessage.js'
import type { Trading } from './Trading.js'

/** How a venue's servers behave, beyond what its table describes for clients. */
export interface ServerBehaviour {
  /** What is traded unless the config names other symbols, upper case. */
  readonly symbols: readonly string[]
  /** Update ids of other symbols lie between those of one; else each id follows the one before. */
  readonly skipsIds: boolean
  /** The speed of depth streams whose names have none, in milliseconds. */
  readonly depthSpeed: number
  /** The levels a side of a depth snapshot where the request has no `limit`. */
  readonly depthLimit: number
  /** When heartbeats come, and when their answers must. */
  readonly ping: PingTimes
  /** Heartbeats that are texts. Default: PINGs, whose PONGs carry the same payload. */
  readonly textHeartbeat?: TextHeartbeat
  /**
   * What a connection subscribes to by its address, less the path of the venue's endpoint; `undefined` for no endpoint.
   */
  readonly subscriptionsOf: (address: string) => Subscriptions | undefined
  /** The route at which accounts come, where the venue has several. */
  readonly accountRoute?: string
  readonly answer: AnswerRequest
  /**
   * The answer to a request beyond those that a second may have, where only requests count. Default: every message,
   * PINGs and PONGs included, counts, and who sends too many is disconnected.
   */
  readonly answerTooOften?: (text: string) => unknown
  /** What stands in an envelope before the stream's name. */
  readonly envelope?: Values
  /** The streams whose events come without an envelope. */
  readonly bareStreams?: readonly string[]
  /** Fields that an event may have and this venue leaves out, by kind. */
  readonly omits: Readonly<Record<string, readonly string[]>>
  /** Wire keys that the venue sends and no codec reads, by kind. */
  readonly adds: Readonly<Record<string, Values>>
  readonly errors: ErrorCatalogue
  /** The calls about the market, beside those that the venue's own table has. */
  readonly marketCalls: readonly MarketCall[]
  /** Streams about the market that the venue's own table does not list. Default: there are none. */
  readonly polled?: readonly PolledStream[]
  /** The envelope of every answer. Default: there is none. */
  readonly wrapped?: (value: unknown) => unknown
  /** What orders have to keep to. Default: what spot markets have. */
  readonly filters?: Filters
  readonly hmac: HmacVerification
  /**
   * The answer to an extension or a deletion of a listen key that is not named. Default: a mandatory parameter is
   * missing.
   */
  readonly unnamedListenKey?: RestAnswer
  /** How requests about accounts are taken on a WebSocket. Default: they are not. */
  readonly api?: ApiBehaviour
  /** How accounts trade. Default: there are no accounts. */
  readonly trading?: Trading
}

/** A heartbeat comes every so many milliseconds; its answer must come within so many. */
export interface PingTimes {
  /** Between two heartbeats, in ms. */
  readonly every: number
  /** How long their answer may take, in ms. */
  readonly within: number
}

/** Heartbeats as texts. */
export interface TextHeartbeat {
  /**
   * The n-th on a connection, from 0, and what answers it, as `answerIn` reads it; `time` is that of now, in ISO 8601.
   */
  readonly heartbeat: (n: number, time: string) => { readonly text: string; readonly answer: string }
  /** What a client's text answers; `undefined` where it answers no heartbeat. */
  readonly answerIn: (text: string) => string | undefined
}

/** What a connection carries, and how. */
export interface Subscriptions {
  readonly streams: ReadonlySet<string>
  /** Frames name their stream. */
  readonly isCombined: boolean
  /** Times are in microseconds; default: milliseconds. */
  readonly isMicroseconds?: true
  /** Whose account events it may ask for, where they are asked for by name. */
  readonly listenKey?: string
  /**
   * The route of the address, where the venue has several: what comes elsewhere is taken, acknowledged, and never sent
   * here.
   */
  readonly route?: string
  /** It takes requests about accounts. */
  readonly isApi?: true
}

/** What a request on a connection is answered by. */
interface RequestContext {
  readonly streamsPerConnection: number
  /** Whether the venue has a stream of this name. */
  readonly hasStream: (stream: string) => boolean
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** The answer to a request, and what the connection carries from then on. */
export interface AnsweredRequest {
  readonly reply: unknown
  readonly subscriptions: Subscriptions
  /** The request was in order. */
  readonly isAccepted?: true
  /** More streams were asked for than a connection may carry. */
  readonly isTooMany?: true
}

/** Reads one message of a client as the venue does: every text has an answer. */
export type AnswerRequest = (text: string, subscriptions: Subscriptions, context: RequestContext) => AnsweredRequest

/** Requests about accounts on a WebSocket, beside those about the connection itself. */
export interface ApiBehaviour {
  /** By their method, the call of REST that does the same; some are signed. */
  readonly calls: Readonly<Record<string, readonly [method: string, path: string, isSigned?: boolean]>>
}

/** All parameters but the signature by their names, as they were before they were encoded: what is signed there. */
export const sortedPairs = (parameters: URLSearchParams): string =>
  [...parameters]
    .filter(([name]) => name !== 'signature')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')

/** How a signature by a shared secret is verified. */
export interface HmacVerification {
  /** The longest `recvWindow`, in milliseconds. */
  readonly longestWindow: number
  /** The text that has to be signed. */
  readonly payload: (request: Pick<RestRequest, 'text' | 'parameters'>) => string
}
