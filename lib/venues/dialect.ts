/** How a venue is asked for streams: every text is one message, counted by the venue's rate. */
export interface Dialect {
  /** Path and query of a connection that carries these streams from the start, and frames that name their stream. */
  readonly path: (names: readonly string[]) => string
  readonly subscribe: (names: readonly string[], id: number) => string
  readonly unsubscribe: (names: readonly string[], id: number) => string
  /** Asks for the names that the venue sends on this connection; the answer's result is their list. */
  readonly list: (id: number) => string
}

/** `@` and `!` stand in every stream name, and are legal in a query. */
const encode = (name: string) => encodeURIComponent(name).replaceAll('%40', '@')

/** Aster's and Binance's: `/stream?streams=a/b`, `{"method":"SUBSCRIBE","params":["a"],"id":1}`. */
export const methodDialect: Dialect = {
  path: (names) => (names.length === 0 ? '/stream' : `/stream?streams=${names.map(encode).join('/')}`),
  subscribe: (params, id) => JSON.stringify({ method: 'SUBSCRIBE', params, id }),
  unsubscribe: (params, id) => JSON.stringify({ method: 'UNSUBSCRIBE', params, id }),
  list: (id) => JSON.stringify({ method: 'LIST_SUBSCRIPTIONS', id }),
}
