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
