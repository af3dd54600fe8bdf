import type { Traded } from './MarketCall.js'

/** What of a market was told on a stream the last time. */
export interface Told {
  /** Milliseconds since 1970; `-Infinity` where nothing was. */
  readonly at: number
  /** The id of the last trade there was then. */
  readonly tradeId: number
}

/** A stream that the venue sends and its table in this library does not list: it says how the market is. */
export interface PolledStream {
  /** Its whole name, with the groups `symbol` and whatever else `say` wants. */
  readonly name: RegExp
  /** How many milliseconds lie between two of its payloads at least. */
  readonly every: number
  /** The payloads that are due: what the name says, and what was told last. */
  readonly say: (traded: Traded, named: Readonly<Record<string, string | undefined>>, told: Told) => readonly unknown[]
}

/** The row of a stream's name, and what the name says. */
export const polledAt = (rows: readonly PolledStream[], stream: string) => {
  for (const row of rows) {
    const named = row.name.exec(stream)?.groups
    if (named !== undefined) return { row, named }
  }
  return undefined
}
