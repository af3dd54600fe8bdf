import { many } from '../codecs/many.js'
import type { Values } from '../codecs/Values.js'
import { AggTrade } from '../events/AggTrade.js'
import { looksLikeBookTicker, TaggedBookTicker } from '../events/BookTicker.js'
import { DepthSnapshot } from '../events/DepthSnapshot.js'
import { DepthUpdate } from '../events/DepthUpdate.js'
import { Kline } from '../events/Kline.js'
import { MiniTicker } from '../events/MiniTicker.js'
import { PartialDepth } from '../events/PartialDepth.js'
import { Ticker } from '../events/Ticker.js'
import { Trade } from '../events/Trade.js'
import type { OrderRules } from './CallTable.js'
import { isControlId, venueError, type ControlMessage } from './ControlMessage.js'
import type { Dialect } from './Dialect.js'
import type { RestTable } from './RestTable.js'
import type { Envelope, StreamTable } from './Venue.js'

/**
 * What follows trades may be as quiet as they are. The rows are Aster's; where Binance has the stream and its payload differs, `binanceSpot` says so.
 */
const streams = {
  aggTrade: { name: '<symbol>@aggTrade', event: AggTrade, sequence: 'aggregateId', silence: 300_000 },
  trade: { name: '<symbol>@trade', event: Trade, sequence: 'tradeId', silence: 300_000 },
  kline: { name: '<symbol>@kline_<interval>', event: Kline, sequence: 'eventTime', silence: 300_000 },
  miniTicker: { name: '<symbol>@miniTicker', event: MiniTicker, sequence: 'eventTime', silence: 300_000 },
  miniTickers: { name: '!miniTicker@arr', event: many(MiniTicker), sequence: 'eventTime' },
  ticker: { name: '<symbol>@ticker', event: Ticker, sequence: 'eventTime', silence: 300_000 },
  tickers: { name: '!ticker@arr', event: many(Ticker), sequence: 'eventTime' },
  bookTicker: {
    name: '<symbol>@bookTicker',
    event: TaggedBookTicker,
    sequence: 'updateId',
    recognize: looksLikeBookTicker,
  },
  bookTickers: { name: '!bookTicker', event: TaggedBookTicker, sequence: 'updateId', each: 'symbol' },
  partialDepth: {
    name: '<symbol>@depth<levels>[@<speed:milliseconds>]',
    event: PartialDepth,
    sequence: 'lastUpdateId',
  },
  depth: { name: '<symbol>@depth[@<speed:milliseconds>]', event: DepthUpdate, sequence: 'lastUpdateId' },
} as const satisfies StreamTable

/** `@` and `!` stand in every stream name, and are legal in a query. */
const encode = (name: string) => encodeURIComponent(name).replaceAll('%40', '@')

/** `/stream?streams=a/b`, `/ws/<listenKey>`, `{"method":"SUBSCRIBE","params":["a"],"id":1}`. */
const dialect = {
  path: (names) => (names.length === 0 ? '/stream' : `/stream?streams=${names.map(encode).join('/')}`),
  raw: (name) => `/ws/${encode(name)}`,
  account: (listenKey) => `/ws/${encodeURIComponent(listenKey)}`,
  subscribe: (params, id) => JSON.stringify({ method: 'SUBSCRIBE', params, id }),
  unsubscribe: (params, id) => JSON.stringify({ method: 'UNSUBSCRIBE', params, id }),
  list: (id) => JSON.stringify({ method: 'LIST_SUBSCRIPTIONS', id }),
} as const satisfies Dialect

/** `{"stream":"btcusdt@trade","data":{…}}`. A name without `@` and without a leading `!` is a listen key. */
const envelope = {
  stream: 'stream',
  data: 'data',
  isListenKey: (name) => !name.includes('@') && !name.startsWith('!'),
} as const satisfies Envelope

/**
 * Answers are `{"result":…,"id":1}`, and errors come in three shapes: `{"code","msg"}`, the same with `id`, and
 * `{"error":{"code","msg"},"id"}`. Code 0 is an error too. What names a stream is none of them.
 */
const control = (frame: Values): ControlMessage | undefined => {
  const { id, result, error, stream } = frame
  if (typeof stream === 'string') return undefined
  if (error !== undefined) return venueError(error, id)
  if (result !== undefined && isControlId(id)) return { _tag: 'Control', type: 'acknowledgement', id, result }
  return venueError(frame, id)
}

const rest = {
  apiKeyHeader: 'X-MBX-APIKEY',
  scheme: { longestWindow: 60_000, signs: 'encoded' },
  usedWeightHeader: 'X-MBX-USED-WEIGHT-1M',
  isErrorCode: (code) => code < 0,
  clockCodes: [-1021, -4225],
  /** Too many requests. */
  bans: { codes: [-1003], until: ['banned until'] },
  /** Unknown, disconnected, unexpected answer, time-out, overloaded, too many orders, shutting down. */
  transientCodes: [-1000, -1001, -1006, -1007, -1008, -1015, -1016],
  /** The signature is wrong, the key is none, the key, the address or a permission is refused. */
  credentialCodes: [-1022, -2014, -2015],
} as const satisfies Partial<RestTable>

/** What the errors of orders mean on Aster and Binance, spot and futures; words decide where one code says several things. */
const orders: OrderRules = {
  clientOrderId: /^[.A-Z:/a-z0-9_-]{1,36}$/,
  refusals: [
    { codes: [-2010], words: 'insufficient', reason: 'insufficient' },
    { codes: [-2010], words: 'duplicate', reason: 'duplicate' },
    { codes: [-2010], words: 'immediately', reason: 'immediate' },
    { codes: [-2010], words: 'closed', reason: 'symbol' },
    { codes: [-2018, -2019, -2027, -2028], reason: 'insufficient' },
    { codes: [-4116], reason: 'duplicate' },
    { codes: [-2011, -2013], reason: 'unknownOrder' },
    { codes: [-1013, -1111, -4001, -4002, -4003, -4004, -4005, -4006, -4007, -4013, -4014], reason: 'filter' },
    { codes: [-4016, -4023, -4024, -4164, -4183, -4184], reason: 'filter' },
    { codes: [-2021, -5022], reason: 'immediate' },
    { codes: [-2020, -4131, -5021], reason: 'unfillable' },
    { codes: [-2022, -2024, -4060, -4061, -4062, -4118], reason: 'position' },
    { codes: [-1015, -2025, -4045], reason: 'tooManyOrders' },
    { codes: [-1121, -2016, -4022, -4141], reason: 'symbol' },
    { codes: [-1014, -1020, -1100, -1101, -1102, -1103, -1104, -1105, -1106, -1108], reason: 'malformed' },
    { codes: [-1114, -1115, -1116, -1117, -1118, -1119, -1128, -1130, -1136], reason: 'malformed' },
    { codes: [-2026, -4015, -4120, -4137, -4138], reason: 'malformed' },
    { codes: [-1002, -1022, -2014, -2015, -4087, -4088], reason: 'credentials' },
    { codes: [-1021, -4225], reason: 'clock' },
  ],
  /** Unknown, disconnected, unexpected answer, time-out, overloaded, shutting down. */
  unknownCodes: [-1000, -1001, -1006, -1007, -1008, -1016],
}

/**
 * What Aster and Binance have in common. A venue that speaks as they do takes it over, adds its addresses, limits,
 * account events and paths, and says where it differs:
 *
 * ```ts
 * const streams = { ...binanceStyle.streams, tradePro: { name: '<symbol>@tradepro', event: TradePro } } as const
 * const venue = { ...binanceStyle, name: 'mine', endpoints, limits, streams, account, rest, depthRule: contiguousIds }
 * ```
 */
export const binanceStyle = {
  streams,
  dialect,
  envelope,
  control,
  rest,
  orders,
  depthSnapshot: DepthSnapshot,
  bookStream: '<symbol>@depth@100ms',
} as const
