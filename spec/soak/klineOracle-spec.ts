import { klineOracle } from '../../scripts/soak/oracle/klineOracle.js'
import type { LogEntry } from '../../lib/simulation/index.js'

const sent = (stream: string, data: unknown): LogEntry => ({
  ...{ at: 0, connection: 1, type: 'sent', stream },
  text: JSON.stringify({ stream, data }),
})
const trade = (t: number, T: number, p = '10.0', q = '0.5') => sent('btcusdt@trade', { e: 'trade', t, T, p, q })
const bar = { t: 1_000, T: 1_999, f: 1, L: 3, n: 3, o: '10.0', c: '12.0', v: '1.50' }
const kline = (more = {}) => sent('btcusdt@kline_1s', { e: 'kline', k: { ...bar, ...more } })
const trades = [trade(1, 1_000), trade(2, 1_500, '11.0'), trade(3, 1_999, '12.0')]

const found = (...entries: readonly LogEntry[]) => {
  const findings: string[] = []
  const { logged } = klineOracle((rule, detail) => findings.push(`${rule}: ${detail}`))
  entries.forEach(logged)
  return findings
}

test('F84 klines that their trades make are none to speak of, nor are those whose trades were not sent', () => {
  expect(found(...trades, kline(), kline({ n: 0, f: -1, L: -1 }), sent('btcusdt@depth', {}))).toEqual([])
  expect(found(...trades.slice(1), kline({ n: 7 }))).toEqual([])
})

test.each([
  ['a trade of the next second', [...trades.slice(0, 2), trade(3, 2_000, '12.0')], {}],
  ['another count', trades, { n: 22 }],
  ['another volume', trades, { v: '1.4' }],
  ['another price at its end', trades, { c: '11.0' }],
  ['another price at its beginning', trades, { o: '11.0' }],
])('F84 a kline with %s is found', (_, given, more) => {
  expect(found(...given, kline(more))).toHaveLength(1)
})
