import type { HistogramName, MetricName } from './metricTable.js'

/** What tells a series from others: `{ venue: 'asterFutures', kind: 'depth' }`. */
export type Labels = Readonly<Record<string, string>>

/** One value of a counter or a gauge, in its unit. */
export interface Sample {
  /** What tells it from others of its metric. */
  readonly labels: Labels
  /** In the unit of its metric. */
  readonly value: number
}

/** All values of one series of a histogram, in seconds. */
export interface Distribution {
  /** What tells it from others of its metric. */
  readonly labels: Labels
  /** How many values there were. */
  readonly count: number
  /** The sum of all values. */
  readonly sum: number
  /** 0 while there is none. */
  readonly max: number
  /** The median, to one per cent, of values up to a minute; NaN while there is none. */
  readonly p50: number
  /** The 99th percentile, to one per cent, of values up to a minute; NaN while there is none. */
  readonly p99: number
  /** How many values were at most `le`, for each bound and `Infinity`. */
  readonly buckets: readonly { readonly le: number; readonly count: number }[]
}

/** What a metric is at one moment: a list of its series. */
export type SeriesOf<N extends MetricName> = readonly (N extends HistogramName ? Distribution : Sample)[]

/** Every metric at one moment. */
export type Snapshot = { readonly [N in MetricName]: SeriesOf<N> }
