import type { Outcome } from './Outcome.js'
import type { SocketsOutcome } from './runSockets.js'
import type { Trend } from './vitals.js'

const MEGABYTE = 2 ** 20
const most = (count: number, one: string) => `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`

const faultsOf = ({ injected }: Outcome): string => {
  const all = [...injected].sort(([, a], [, b]) => b - a)
  const total = all.reduce((sum, [, count]) => sum + count, 0)
  return `${most(total, 'fault')} (${all.map(([name, count]) => `${name} ${count}`).join(', ')})`
}

const comparedOf = ({ events, books, whole, windows }: Outcome): string =>
  `${most(events, 'event')} and ${most(books, 'book')} compared (${whole.toLocaleString('en')} to the last level), ${most(windows, 'window')}`

const trendOf = ({ first, last, slope }: Trend, unit = 1, digits = 0): string =>
  `${(first / unit).toFixed(digits)} → ${(last / unit).toFixed(digits)} (${(slope / unit).toFixed(2)} a minute)`

/** One line for all seeds. */
export const virtualSummary = (seeds: number, outcome: Outcome, seconds: number): string =>
  `${most(seeds, 'seed')} in ${Math.round(seconds)} s: ${most(outcome.findings.length, 'finding')}; ${comparedOf(outcome)}; ${faultsOf(outcome)}`

/** One line for real sockets. */
export const socketsSummary = (minutes: number, outcome: SocketsOutcome): string => {
  const { trends, samples, secrets, texts } = outcome
  const { heap, resources, listeners } = trends
  const flat = `${samples} samples: heap MB ${trendOf(heap, MEGABYTE, 1)}, sockets and timers ${trendOf(resources)}, listeners ${trendOf(listeners)}`
  return `${minutes.toFixed(1)} minutes of sockets: ${most(outcome.findings.length, 'finding')}; ${comparedOf(outcome)}; ${faultsOf(outcome)}; ${flat}; ${most(secrets, 'secret')} searched for in ${most(texts, 'text')}`
}
