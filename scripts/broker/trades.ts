import { frame, type Frame, type Source } from '../../lib/Signal.js'

const SYMBOLS = 12
const source: Source = { id: 'asterFutures-1' }

/** Frames of trades as the venue sends them, of several markets in turn, with ids that count from 1. */
export const tradeFrames = (count: number): readonly Frame[] =>
  Array.from({ length: count }, (_, i) => {
    const [symbol, t, time] = [`C${i % SYMBOLS}USDT`, 1 + Math.floor(i / SYMBOLS), 1_700_000_000_000 + i]
    const data = { e: 'trade', E: time, T: time, s: symbol, t, p: '61685.90', q: '0.024', X: 'MARKET', m: t % 2 === 0 }
    return frame(JSON.stringify({ stream: `${symbol.toLowerCase()}@trade`, data }), time, source)
  })

export const tradeStreams: ReadonlySet<string> = new Set(Array.from({ length: SYMBOLS }, (_, i) => `c${i}usdt@trade`))
