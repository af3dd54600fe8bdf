import type { Frame, Source } from '../../lib/Signal.js'

const source: Source = { id: 'asterFutures-1' }

/** A trade with this id, as the venue sends it. */
export const tradeFrame = (id: number, symbol = 'btcusdt', from = source): Frame => ({
  _tag: 'Frame',
  text: `{"stream":"${symbol}@trade","data":{"e":"trade","E":${1_700_000_000_000 + id},"s":"${symbol.toUpperCase()}","t":${id},"p":"61685.90","q":"0.024","T":1700000000000,"m":true}}`,
  receivedAt: 1_700_000_000_000 + id / 8,
  source: from,
})

/** The id of a trade. */
export const idIn = (text: string): number => Number(/"t":(\d+)/.exec(text)?.[1])
