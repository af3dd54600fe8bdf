import { createHistogram, type RecordableHistogram } from 'node:perf_hooks'
import type { Distribution, Labels } from './Snapshot.js'

/** All values of one series, in seconds. Numbers that change with every value stand in arrays of their kind. */
export interface Distributed {
  readonly labels: Labels
  /** The upper bounds of buckets, the last of which is `Infinity`. */
  readonly bounds: Float64Array
  readonly counts: Float64Array
  /** The sum of all values, and the largest. */
  readonly extent: Float64Array
  /** Keeps quantiles to one per cent. */
  readonly exact: RecordableHistogram
  count: number
}

/** Node's histogram takes whole numbers: nanoseconds, up to this time in seconds, of two significant digits. */
const PER_SECOND = 1e9
const LONGEST = 60

/** The first of its values are all kept for quantiles, so that a rare series has some. */
const FIRST = 100

export const distribution = (labels: Labels, bounds: readonly number[]): Distributed => ({
  labels,
  bounds: Float64Array.of(...bounds, Infinity),
  counts: new Float64Array(bounds.length + 1),
  extent: new Float64Array(2),
  exact: createHistogram({ lowest: 1, highest: LONGEST * PER_SECOND, figures: 2 }),
  count: 0,
})

const keep = ({ exact }: Distributed, seconds: number) =>
  exact.record(Math.max(1, Math.round(Math.min(seconds, LONGEST) * PER_SECOND)))

/**
 * Counts a value in seconds; one below 0, as a clock that is not exact makes, counts as 0. It is kept for quantiles where
 * it `isChosen`, which takes ten times as long.
 */
export const record = (to: Distributed, seconds: number, isChosen: boolean): void => {
  const { bounds, counts, extent } = to
  const value = seconds > 0 ? seconds : 0
  let at = 0
  while (value > (bounds[at] ?? Infinity)) at++
  counts[at] = (counts[at] ?? 0) + 1
  extent[0] = (extent[0] ?? 0) + value
  if (value > (extent[1] ?? 0)) extent[1] = value
  if (isChosen || to.count < FIRST) keep(to, value)
  to.count++
}

export const readDistribution = ({ labels, bounds, counts, extent, exact, count }: Distributed): Distribution => {
  const [sum = 0, max = 0] = extent
  const quantile = (percent: number): number =>
    count === 0 ? NaN : Math.min(max, exact.percentile(percent) / PER_SECOND)
  let before = 0
  const buckets = Array.from(bounds, (le, i) => ({ le, count: (before += counts[i] ?? 0) }))
  return { labels, count, sum, max, p50: quantile(50), p99: quantile(99), buckets }
}
