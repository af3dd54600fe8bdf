/**
 * What a client does, as numbers, for Prometheus and OpenTelemetry.
 *
 * @module aster-rx/metrics
 */

// What a client does, as numbers
export { metrics, type Metrics, type MetricsConfig } from './metrics.js'
export { metricTable, type HistogramName, type MetricName, type MetricRow } from './metricTable.js'
export type { Distribution, Labels, Sample, SeriesOf, Snapshot } from './Snapshot.js'
export type { Measurement } from './traffic.js'

// Exports
export { PROMETHEUS_CONTENT_TYPE, prometheusText } from './prometheusText.js'
export { openTelemetry, type MeterLike } from './openTelemetry.js'
