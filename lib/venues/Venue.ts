import type { AnyCodec } from '../codecs/Codec.js'
import type { Values } from '../codecs/Values.js'
import type { DepthSnapshot } from '../events/DepthSnapshot.js'
import type { CallTable, OrderCallTable, OrderRules } from './CallTable.js'
import type { ControlMessage } from './ControlMessage.js'
import type { DepthRule } from './depthRule.js'
import type { Dialect } from './Dialect.js'
import type { OrderReport } from './OrderReport.js'
import type { RestTable } from './RestTable.js'
import type { WebsocketApi } from './WebsocketApi.js'

/** One stream of a venue: a row of its table. */
export interface StreamRow {
  /** The name as the venue's documentation writes it: `'<symbol>@depth[@<speed:milliseconds>]'`. */
  readonly name: string
  /** Reads and writes its payload. */
  readonly event: AnyCodec
  /**
   * The field whose number tells one event of the stream from another, and never goes back: by it, events that came on
   * two overlapping connections come once. Without one, events that are the same to the letter are the same.
   */
  readonly sequence?: string
  /** The field whose values have numbers of their own, where a stream carries several: `symbol`. */
  readonly each?: string
  /** The `e` of its events, where the codec does not say it. */
  readonly e?: readonly string[]
  /** How to know a payload that has no `e` and came without a stream name. */
  readonly recognize?: (payload: Values) => boolean
  /**
   * How long the stream may be quiet, in ms, before it is reported and asked for anew; default 60,000, `Infinity` where
   * silence is usual.
   */
  readonly silence?: number
  /**
   * Where it comes, in the venue's address: `/public`; of several it is asked for at the first, and, while it is silent
   * there, at the others, too. A connection is on one route. Default: the venue has no routes.
   */
  readonly routes?: readonly [string, ...string[]]
  /** Sent without being asked for, and never asked for. */
  readonly unasked?: true
  /** When the venue took it away: `'2026-03'`. It still decodes, and is never asked for. */
  readonly retired?: string
}

/** One account event of a venue, listed by its `e`. */
export interface AccountRow {
  /** The name of its Observable less the `$`. */
  readonly kind: string
  /** Reads and writes its payload. */
  readonly event: AnyCodec
  /** The name by which it is asked for, where the venue wants to be asked: `'spot.executionReport'`. */
  readonly stream?: string
  /** What it says of an order; absent where it is about none. Written as a method, so that it takes its own event. */
  reportOf?(event: unknown): OrderReport
}

/** Market streams by kind. */
export type StreamTable = Readonly<Record<string, StreamRow>>
/** Account events by their `e`. */
export type AccountTable = Readonly<Record<string, AccountRow>>

/** The keys of the objects that payloads come wrapped in. */
export interface Envelope {
  /** The stream's name; an empty one counts as none. */
  readonly stream: string
  /** The stream's payload. */
  readonly data: string
  /** The key of an account event that comes wrapped without a name: `{"subscriptionId":0,"event":{…}}`. */
  readonly account?: string
  /**
   * True for a name that is no stream's but a listen key, where events of its account come under that. Default: there
   * are none.
   */
  readonly isListenKey?: (name: string) => boolean
}

/** Where a venue is; hosts change, so a config may name others. */
export interface Endpoints {
  /** `wss://host`, without a path of streams. */
  readonly websocket: string
  /** `https://host`. */
  readonly rest: string
  /** Where it takes requests about accounts, if it has a WebSocket for them. */
  readonly websocketApi?: string
}

/** What a venue allows. */
export interface Limits {
  /** Messages that we may send on one connection per second, PING and PONG included. */
  readonly messagesPerSecond: number
  /** How many streams a connection may carry. */
  readonly streamsPerConnection: number
  /** Stream names in one request. */
  readonly namesPerRequest: number
  /** Attempts to connect, from one address, in a span of ms; without it the documented limit of Binance is kept. */
  readonly connectionAttempts?: { readonly count: number; readonly per: number }
  /** How long a connection may live, in ms. */
  readonly lifetime: number
  /** REST weight per minute. */
  readonly weightPerMinute: number
}

/** Everything that sets one venue apart from another, as data. */
export interface Venue<
  Streams extends StreamTable = StreamTable,
  Account extends AccountTable = AccountTable,
  Name extends string = string,
> {
  /** By it, types and clients tell the communicators of one venue from those of another. */
  readonly name: Name
  /** `fallback` is another address of the same venue, `named` are others: a test network, another region. */
  readonly endpoints: Endpoints & {
    readonly fallback?: Endpoints
    readonly named?: Readonly<Record<string, Endpoints>>
  }
  /** What it allows. */
  readonly limits: Limits
  /** Market streams by kind. */
  readonly streams: Streams
  /** Account events by their `e`. */
  readonly account: Account
  /** How streams are asked for. */
  readonly dialect: Dialect
  /** By what an account is carried: subscriptions on a WebSocket that takes requests. Default: a listen key. */
  readonly websocketApi?: WebsocketApi
  /** The keys that its frames are wrapped in. */
  readonly envelope: Envelope
  /** How frames are compressed. Default: not at all. */
  readonly compression?: 'gzip'
  /** The answer to a heartbeat that comes as a text; `undefined` for every other text. Default: there are none. */
  readonly heartbeat?: (text: string) => string | undefined
  /** Numbers may be beyond what a JSON number holds exactly: they come digit for digit, as texts. */
  readonly losslessIds?: true
  /** Answers and errors among the frames. */
  readonly control: (frame: Values) => ControlMessage | undefined
  /** The calls of its REST interface, and what they cost. */
  readonly rest: RestTable
  /** Absent, like the next two, where we take no order books from the venue. */
  readonly depthSnapshot?: AnyCodec
  /** How its depth updates are numbered; absent where it has no order books. */
  readonly depthRule?: DepthRule
  /** The depth stream that a book is made of, unless another one is asked for. */
  readonly bookStream?: string
  /** Calls of its REST interface beside those of `rest`. Default: there are none. */
  readonly calls?: CallTable
  /** Absent where we place no orders. */
  readonly orders?: OrderRules
}

/** A venue that takes orders. */
export interface VenueWithOrders extends Venue {
  readonly calls: OrderCallTable
  readonly orders: OrderRules
}

/** A venue from whose depth streams books are made. */
export interface VenueWithBooks<
  Streams extends StreamTable = StreamTable,
  Account extends AccountTable = AccountTable,
  Name extends string = string,
> extends Venue<Streams, Account, Name> {
  /** Reads the snapshot of an order book. */
  readonly depthSnapshot: typeof DepthSnapshot
  /** How its depth updates are numbered. */
  readonly depthRule: DepthRule
  /** The stream that order books are made of. */
  readonly bookStream: string
}

/** The kinds of a venue's market streams. */
export type StreamKind<V extends Venue> = keyof V['streams'] & string

/** The rows of a venue's account events. */
type AccountRows<V extends Venue> = V['account'][keyof V['account']]

type SnapshotKind<V extends Venue> = undefined extends V['depthSnapshot'] ? never : 'depthSnapshot'

/** Every kind of event that a venue can bring. */
export type Kind<V extends Venue> = StreamKind<V> | SnapshotKind<V> | AccountRows<V>['kind']

/** The event of a kind. */
export type EventOf<V extends Venue, K extends Kind<V>> = (K extends StreamKind<V>
  ? V['streams'][K]['event']
  : K extends 'depthSnapshot'
    ? NonNullable<V['depthSnapshot']>
    : Extract<AccountRows<V>, { readonly kind: K }>['event'])['_A']
