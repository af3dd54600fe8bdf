import { anObject, checked } from '../codecs/checked.js'
import { metricRows, prometheusName, type MetricName } from './metricTable.js'
import type { Metrics } from './metrics.js'
import type { Distribution, Labels, Sample } from './Snapshot.js'

/** What the answer to a scrape is: its `Content-Type`. */
export const PROMETHEUS_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

const escaped = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')

const labelText = (labels: Labels): string =>
  `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',')}}`

const valueText = (value: number): string => {
  if (Math.abs(value) === Infinity) return value > 0 ? '+Inf' : '-Inf'
  return String(value)
}

const line = (name: string, labels: Labels, value: number): string =>
  `${name}${labelText(labels)} ${valueText(value)}\n`

const lines = (name: string, series: Sample | Distribution): string => {
  if ('value' in series) return line(name, series.labels, series.value)
  const { labels, buckets, sum, count } = series
  const each = buckets.map(({ le, count: upTo }) => line(`${name}_bucket`, { ...labels, le: valueText(le) }, upTo))
  return `${each.join('')}${line(`${name}_sum`, labels, sum)}${line(`${name}_count`, labels, count)}`
}

/**
 * The metrics of one client or several in the text format of Prometheus, version 0.0.4.
 *
 * ```ts
 * createServer((_, response) => response.setHeader('Content-Type', PROMETHEUS_CONTENT_TYPE).end(prometheusText(measured)))
 * ```
 *
 * @throws TypeError for two clients whose series have the same labels: a scrape that holds one twice is refused whole.
 */
export const prometheusText = (...measured: readonly Metrics[]): string => {
  for (const one of measured) check(one)
  const all = new Set(measured.map(({ labels }) => labelText(sorted(labels))))
  if (all.size < measured.length)
    throw new TypeError('prometheusText: two clients of one venue have the same labels: give each its own `labels`')
  const family = (name: MetricName): readonly (Sample | Distribution)[] =>
    measured.flatMap((one): readonly (Sample | Distribution)[] => one.read(name))
  return metricRows
    .map(([key, row]) => {
      const name = prometheusName(key, row)
      const body = family(key).map((series) => lines(name, series))
      // The help texts hold neither backslashes nor line breaks.
      return body.length === 0 ? '' : `# HELP ${name} ${row.help}\n# TYPE ${name} ${row.type}\n${body.join('')}`
    })
    .join('')
}

const aMetrics = anObject('what metrics gives', ['labels'], ['read'])
/** @throws TypeError for anything but what `metrics` gives. */
const check = checked('prometheusText', [aMetrics], (measured: Metrics): Metrics => measured)

const sorted = (labels: Labels): Labels =>
  Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))
