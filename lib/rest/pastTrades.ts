import * as t from 'io-ts'
import { map, type Observable } from 'rxjs'
import { aRest, anObject, checked } from '../codecs/checked.js'
import { Decimal } from '../codecs/Decimal.js'
import { Flag } from '../codecs/Flag.js'
import { Integer } from '../codecs/Integer.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire } from '../codecs/wire.js'
import { aggregateFields, type AggTrade } from '../events/AggTrade.js'
import type { Trade } from '../events/Trade.js'
import { payloadSymbol } from '../venues/grammar.js'
import type { TradesRow } from '../venues/RestTable.js'
import type { Rest } from './Rest.js'

/** Which trades. */
export interface PastTradesRequest {
  /** `BTCUSDT`; lower case is fine. */
  readonly symbol: string
  /** The id of the first one. */
  readonly fromId: number
  /** How many at most. Default: as many as the venue gives at a time. */
  readonly limit?: number
}

const aRequest = anObject('a request { symbol, fromId }', ['symbol', 'fromId'])

const AggTradeRows = t.array(wire('AggTrade', undefined, aggregateFields))

const TradeRows = t.array(
  wire('Trade', undefined, {
    tradeId: ['id', Integer],
    price: ['price', Decimal],
    // Aster spot says both, and in its documents `qty` is in the quote asset: 5 at 1.01 are a `baseQty` of 4.95049505.
    quantity: ['baseQty|qty', Decimal],
    tradeTime: ['time', Timestamp],
    isBuyerMaker: ['isBuyerMaker', Flag],
  }),
)

/** The rows of a call as events of their symbol. */
const asked = <A extends { readonly tradeTime: number }>(
  rest: Rest,
  row: TradesRow | undefined,
  codec: t.Decoder<unknown, readonly A[]>,
  { symbol: asGiven, fromId, limit }: PastTradesRequest,
): Observable<readonly (A & { readonly symbol: string; readonly eventTime: number })[]> => {
  if (row === undefined) throw new TypeError(`${rest.venue.name} gives no such trades in its REST ${rest.version}`)
  const { path, weight, most, isKeyed } = row
  const symbol = payloadSymbol(rest.venue.bookStream ?? '<symbol>', asGiven)
  const authentication = isKeyed === true ? 'apiKey' : 'none'
  return rest
    .request('GET', path, { symbol, fromId, limit: limit ?? most }, codec, { weight, authentication })
    .pipe(map((rows) => rows.map((one) => ({ ...one, symbol, eventTime: one.tradeTime }))))
}

/**
 * Aggregate trades by their ids, as events of the stream `aggTrade` would be, in their order: emits once and completes;
 * tried again while that can help, within the budget. `eventTime` is the time of the trades, as the venue says no other.
 * Errors with a `RestError`.
 *
 * ```ts
 * const rest = createRest({ venue: binanceSpot })
 * aggTrades(rest, { symbol: 'BTCUSDT', fromId: 3_000_000 }).subscribe((trades) => console.log(trades.length))
 * ```
 *
 * @throws TypeError where the venue does not give them by their ids.
 */
export const aggTrades = checked(
  'aggTrades',
  [aRest, aRequest],
  (rest: Rest, request: PastTradesRequest): Observable<readonly AggTrade[]> =>
    asked(rest, rest.paths.aggTrades, AggTradeRows, request),
)

/**
 * Trades by their ids, as events of the stream `trade` would be, in their order: emits once and completes; tried again
 * while that can help, within the budget. `eventTime` is the time of the trade, as the venue says no other; on Aster they
 * are asked for with the API key. Those of futures are prints of the market only: ids of others are not among them.
 * Errors with a `RestError`.
 *
 * ```ts
 * const rest = createRest({ venue: asterFutures, apiKey, version: 'v1' })
 * historicalTrades(rest, { symbol: 'BTCUSDT', fromId: 7_000_000 }).subscribe((trades) => console.log(trades.length))
 * ```
 *
 * @throws TypeError where the venue does not give them by their ids, or the API key is missing.
 */
export const historicalTrades = checked(
  'historicalTrades',
  [aRest, aRequest],
  (rest: Rest, request: PastTradesRequest): Observable<readonly Trade[]> =>
    asked(rest, rest.paths.historicalTrades, TradeRows, request),
)
