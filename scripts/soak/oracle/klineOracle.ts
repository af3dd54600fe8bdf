import type { LogEntry } from '../../../lib/simulation/index.js'
import type { Report } from './Finding.js'

/** Compares the klines that a venue sends with the trades that it sends, on whichever connections. */
export interface KlineOracle {
  readonly logged: (entry: LogEntry) => void
}

/** A trade, and a kline, as they stand on the wire. */
interface Traded {
  readonly t: number
  readonly T: number
  readonly p: string
  readonly q: string
}
interface Bar {
  readonly t: number
  readonly T: number
  readonly f: number
  readonly L: number
  readonly n: number
  readonly o: string
  readonly c: string
  readonly v: string
}

/** How many trades of a stream are remembered. */
const MOST = 20_000

/** In units of 10^-8. */
const units = (text: string): bigint => {
  const [whole = '', fraction = ''] = text.split('.')
  return BigInt(`${whole}${fraction.padEnd(8, '0')}`)
}

const dataIn = (text: string): unknown => {
  const value = JSON.parse(text) as { readonly data?: unknown }
  return value.data ?? value
}

export const klineOracle = (report: Report): KlineOracle => {
  const bySymbol = new Map<string, Map<number, Traded>>()

  const onTrade = (symbol: string, trade: Traded) => {
    const trades = bySymbol.get(symbol) ?? new Map<number, Traded>()
    bySymbol.set(symbol, trades.set(trade.t, trade))
    const [oldest] = trades.keys()
    if (trades.size > MOST && oldest !== undefined) trades.delete(oldest)
  }

  /** Where all its trades were sent, too, it says what they do. */
  const onKline = (symbol: string, stream: string, bar: Bar) => {
    const trades = bySymbol.get(symbol)
    if (bar.n === 0 || trades === undefined) return
    const inside: Traded[] = []
    for (let id = bar.f; id <= bar.L; id++) {
      const trade = trades.get(id)
      if (trade === undefined) return
      inside.push(trade)
    }
    const volume = inside.reduce((sum, { q }) => sum + units(q), 0n)
    const said = [bar.n, bar.o, bar.c, units(bar.v), true].map(String)
    const are = [
      ...[inside.length, inside.at(0)?.p, inside.at(-1)?.p, volume],
      inside.every(({ T }) => T >= bar.t && T <= bar.T),
    ].map(String)
    if (said.join() !== are.join())
      report('kline', `${stream} of ${bar.t}: ${said.join(' ')}, its trades: ${are.join(' ')}`)
  }

  return {
    logged: (entry) => {
      if (entry.type !== 'sent' || entry.stream === undefined) return
      const [symbol = '', kind = ''] = entry.stream.split('@')
      if (kind === 'trade') onTrade(symbol, dataIn(entry.text) as Traded)
      else if (kind.startsWith('kline_')) onKline(symbol, entry.stream, (dataIn(entry.text) as { readonly k: Bar }).k)
    },
  }
}
