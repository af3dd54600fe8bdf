import { aRest, anObject, checked } from '../codecs/checked.js'
import { map, type Observable } from 'rxjs'
import type { Reply } from '../Signal.js'
import type { OnProgress } from '../timing/RequestProgress.js'
import { payloadSymbol } from '../venues/grammar.js'
import type { RestTable } from '../venues/RestTable.js'
import type { Rest } from './Rest.js'

/** Which order book, and how much of it. */
export interface DepthRequest {
  /** `BTCUSDT`; lower case is fine. */
  readonly symbol: string
  /** Levels on each side. Default: 1,000. */
  readonly limit?: number
  /** Is told how the request gets on: then it may wait for its turn for as long as that takes. */
  readonly onProgress?: OnProgress | undefined
}

/** @throws TypeError where the venue gives no snapshot of so many levels. */
const weightOf = ({ sizes, weights }: NonNullable<RestTable['depth']>, limit: number): number => {
  const row = weights.find(({ upTo }) => limit <= upTo)
  const isSize = sizes === undefined ? Number.isInteger(limit) && limit >= 1 : sizes.includes(limit)
  if (row !== undefined && isSize) return row.weight
  const expected = sizes?.join(', ') ?? `a whole number from 1 to ${Math.max(...weights.map(({ upTo }) => upTo))}`
  throw new TypeError(`limit of a depth snapshot: expected ${expected}, came ${limit}`)
}

/**
 * The order book as the venue tells it: the text as it came, known to be a snapshot. Emits once and completes; tried
 * again while that can help, within the budget. Errors with a `RestError`, which is `final` for a symbol that is none.
 *
 * ```ts
 * const rest = createRest({ venue: asterFutures })
 * const snapshot: Communicator['snapshot'] = (symbol, onProgress) => depthSnapshot(rest, { symbol, onProgress })
 * const communicator = websocketCommunicator(asterFutures, { snapshot })
 * ```
 *
 * @throws TypeError for a `limit` that the venue does not know, or a venue without order books.
 */
export const depthSnapshot = checked(
  'depthSnapshot',
  [aRest, anObject('a request { symbol }', ['symbol'])],
  (rest: Rest, { symbol, limit = 1_000, onProgress }: DepthRequest): Observable<Reply> => {
    const { rest: table, depthSnapshot: codec, name: venue, bookStream = '<symbol>' } = rest.venue
    const { depth: path } = rest.paths
    if (path === undefined || table.depth === undefined || codec === undefined)
      throw new TypeError(`${venue} has no depth snapshots in its REST ${rest.version}`)
    const name = payloadSymbol(bookStream, symbol)
    const weight = weightOf(table.depth, limit)
    const patience = onProgress && { onProgress, maxWait: Infinity } // F53
    return rest
      .response('GET', path, { symbol: name, limit }, codec, { weight, ...patience })
      .pipe(map(({ text, receivedAt }): Reply => ({ _tag: 'Reply', symbol: name, text, receivedAt })))
  },
)
