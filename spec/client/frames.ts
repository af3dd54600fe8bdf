import { frame, type Frame, type Source } from '../../lib/Signal.js'

/** Literal frames of Aster futures, as the venue sends them. */
export const combined = (stream: string, data: object, receivedAt = 0, source?: Source): Frame =>
  frame(JSON.stringify({ stream, data }), receivedAt, source)

export const trade = (id: number, symbol = 'BTCUSDT', receivedAt = 0, source?: Source): Frame =>
  combined(
    `${symbol.toLowerCase()}@trade`,
    { e: 'trade', E: 1, T: 1, s: symbol, t: id, p: '61800.30', q: '0.006', X: 'MARKET', m: false },
    receivedAt,
    source,
  )

export const depth = (ids: { U: number; u: number; pu: number }, b: string[][] = [], a: string[][] = []): Frame =>
  combined('btcusdt@depth@0ms', { e: 'depthUpdate', E: ids.u, T: ids.u, s: 'BTCUSDT', ...ids, b, a })

export const inlineSnapshot = (lastUpdateId: number, bids: string[][] = [], asks: string[][] = []): Frame =>
  frame(JSON.stringify({ lastUpdateId, bids, asks }), 0)
