/** How a venue is asked for streams: every text is one message, counted by the venue's rate. */
export interface Dialect {
  /**
   * Path and query of a connection that carries these streams from the start, and frames that name their stream. Absent
   * where a connection carries nothing before it is asked.
   */
  readonly path?: (names: readonly string[]) => string
  /** Path and query of a connection that carries the account of a listen key. */
  readonly account: (listenKey: string) => string
  readonly subscribe: (names: readonly string[], id: RequestId) => string
  readonly unsubscribe: (names: readonly string[], id: RequestId) => string
  /** Asks for the names that the venue sends on this connection, where it can say; the answer's result is their list. */
  readonly list?: (id: RequestId) => string
  /** Refusals that pass: what was refused with one of these codes is asked for again. Default: none. */
  readonly transientCodes?: readonly number[]
  /** What the n-th request of a connection is known by. Default: the number. */
  readonly requestId?: (n: number) => string
  /** The same dialect, its connections asking for event times in this unit; absent where there is one unit only. */
  readonly inUnit?: (unit: TimeUnit) => Dialect
}

/** What event times are counted in on the wire; in events they are ms, whatever the unit. */
export type TimeUnit = 'millisecond' | 'microsecond'

/** What links a request to its answer. */
export type RequestId = number | string

/** `@` and `!` stand in every stream name, and are legal in a query. */
const encode = (name: string) => encodeURIComponent(name).replaceAll('%40', '@')

/** Aster's and Binance's: `/stream?streams=a/b`, `/ws/<listenKey>`, `{"method":"SUBSCRIBE","params":["a"],"id":1}`. */
export const methodDialect = {
  path: (names) => (names.length === 0 ? '/stream' : `/stream?streams=${names.map(encode).join('/')}`),
  account: (listenKey) => `/ws/${encodeURIComponent(listenKey)}`,
  subscribe: (params, id) => JSON.stringify({ method: 'SUBSCRIBE', params, id }),
  unsubscribe: (params, id) => JSON.stringify({ method: 'UNSUBSCRIBE', params, id }),
  list: (id) => JSON.stringify({ method: 'LIST_SUBSCRIPTIONS', id }),
} as const satisfies Dialect

interface BinanceDialect extends Dialect {
  readonly inUnit: (unit: TimeUnit) => BinanceDialect
}

/** Binance's, which also sends microseconds when it is asked to. */
export const binanceDialect: BinanceDialect = {
  ...methodDialect,
  inUnit: (unit) => ({
    ...binanceDialect,
    path: (names) => {
      const path = methodDialect.path(names)
      return `${path}${path.includes('?') ? '&' : '?'}timeUnit=${unit.toUpperCase()}`
    },
  }),
}

const bingxRequest = (reqType: string, [dataType]: readonly string[], id: RequestId) =>
  JSON.stringify({ id, reqType, dataType })

/** BingX's: one name in a request, whose id is a UUID; its endpoint ends in a path of its own. */
export const bingxDialect = {
  account: (listenKey) => `?listenKey=${encodeURIComponent(listenKey)}`,
  subscribe: (names, id) => bingxRequest('sub', names, id),
  unsubscribe: (names, id) => bingxRequest('unsub', names, id),
  /** Too often, an error inside the venue, busy. */
  transientCodes: [100410, 100500, 100503],
  requestId: (n) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`,
} as const satisfies Dialect
