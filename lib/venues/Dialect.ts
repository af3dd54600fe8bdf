/** How a venue is asked for streams: every text is one message, counted by the venue's rate. */
export interface Dialect {
  /**
   * Path and query of a connection that carries these streams from the start, and frames that name their stream. Absent
   * where a connection carries nothing before it is asked.
   */
  readonly path?: (names: readonly string[]) => string
  /** Path and query of a connection that carries one stream, and frames that do not name it. Absent where there is none. */
  readonly raw?: (name: string) => string
  /** Path and query of a connection that carries the account of a listen key, or, without one, takes its requests. */
  readonly account: (listenKey: string) => string
  /** The request for streams. */
  readonly subscribe: (names: readonly string[], id: RequestId) => string
  /** The request to send streams no more. */
  readonly unsubscribe: (names: readonly string[], id: RequestId) => string
  /** Asks for the names that the venue sends on this connection, where it can say; the answer's result is their list. */
  readonly list?: (id: RequestId) => string
  /** Asks whether the venue is there, on sockets that send no PINGs. Default: the list is asked for, where there is one. */
  readonly probe?: (id: RequestId) => string
  /** Says of the code of a refusal that it passes: what was refused is asked for again. Default: none does. */
  readonly isTransient?: (code: number) => boolean
  /** What the n-th request of a connection is known by. Default: the number. */
  readonly requestId?: (n: number) => string
  /** The same dialect, its connections asking for event times in this unit; absent where there is one unit only. */
  readonly inUnit?: (unit: TimeUnit) => Dialect
}

/** What event times are counted in on the wire; in events they are ms, whatever the unit. */
export type TimeUnit = 'millisecond' | 'microsecond'

/** What links a request to its answer. */
export type RequestId = number | string
