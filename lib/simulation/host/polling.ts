import type { Traded } from '../venues/MarketCall.js'
import { polledAt, type PolledStream, type Told } from '../venues/PolledStream.js'

/** What polled streams work with. */
export interface PollingConfig {
  readonly rows: readonly PolledStream[]
  /** By symbol. */
  readonly traded: ReadonlyMap<string, Traded>
  /** The streams that somebody subscribed to. */
  readonly wanted: () => Iterable<string>
  readonly send: (stream: string, data: unknown) => void
}

/** Sends what is due on streams that say how the market is, each time it is called. */
export const polling = ({ rows, traded, wanted, send }: PollingConfig): (() => void) => {
  const known = new Map<string, Told>()
  return () => {
    const streams = new Set(wanted())
    for (const stream of known.keys()) if (!streams.has(stream)) known.delete(stream)
    for (const stream of streams) {
      const found = polledAt(rows, stream)
      const one = found && traded.get(found.named['symbol'] ?? '')
      if (found === undefined || one === undefined) continue
      const { row, named } = found
      const at = one.market.now()
      const tradeId = one.market.trades().at(-1)?.tradeId ?? 0
      const told = known.get(stream) ?? { at: -Infinity, tradeId }
      if (at - told.at < row.every) continue
      for (const payload of row.say(one, named, told)) send(stream, payload)
      known.set(stream, { at, tradeId })
    }
  }
}
