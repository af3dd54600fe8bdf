import { Subscription } from 'rxjs'
import { anObject, checked } from '../codecs/checked.js'
import { metricRows, openTelemetryName, type MetricRow } from './metricTable.js'
import type { Metrics } from './metrics.js'
import type { Labels } from './Snapshot.js'

/** What an instrument is made with. */
interface InstrumentOptions {
  description?: string
  unit?: string
  advice?: { explicitBucketBoundaries?: number[] }
}

/** Takes what is observed while values are collected. */
interface Result {
  observe: (value: number, attributes?: Record<string, string>) => void
}

interface ObservableInstrument {
  addCallback: (callback: (result: Result) => void) => void
  removeCallback: (callback: (result: Result) => void) => void
}

/** What is used of a `Meter` of `@opentelemetry/api`, which fits it. */
export interface MeterLike {
  /** As of a `Meter`. */
  createObservableCounter: (name: string, options?: InstrumentOptions) => ObservableInstrument
  /** As of a `Meter`. */
  createObservableGauge: (name: string, options?: InstrumentOptions) => ObservableInstrument
  /** As of a `Meter`. */
  createHistogram: (
    name: string,
    options?: InstrumentOptions,
  ) => { record: (value: number, attributes?: Record<string, string>) => void }
}

const optionsOf = ({ help, unit, bounds }: MetricRow): InstrumentOptions => ({
  description: help,
  unit,
  ...(bounds !== undefined && { advice: { explicitBucketBoundaries: [...bounds] } }),
})

/**
 * Makes an instrument of each metric: counters and gauges are read when values are collected, and histograms take each
 * value as it is measured. The Subscription detaches all of them.
 *
 * ```ts
 * // import { metrics as api } from '@opentelemetry/api'
 * const bridge = openTelemetry(measured, api.getMeter('aster-rx'))
 * ```
 */
export const openTelemetry = checked(
  'openTelemetry',
  [
    anObject('what metrics gives', ['measurement$'], ['read']),
    anObject('a meter of OpenTelemetry', [], ['createObservableCounter', 'createObservableGauge', 'createHistogram']),
  ],
  (measured: Metrics, meter: MeterLike): Subscription => {
    const bridge = new Subscription()
    for (const [key, row] of metricRows) {
      const name = openTelemetryName(key)
      if (row.type === 'histogram') {
        const histogram = meter.createHistogram(name, optionsOf(row))
        bridge.add(
          measured.measurement$.subscribe(({ name: of, value, labels }) => {
            if (of === key) histogram.record(value, attributes(labels))
          }),
        )
        continue
      }
      const instrument =
        row.type === 'counter'
          ? meter.createObservableCounter(name, optionsOf(row))
          : meter.createObservableGauge(name, optionsOf(row))
      const observe = (result: Result) => {
        for (const series of measured.read(key))
          if ('value' in series) result.observe(series.value, attributes(series.labels))
      }
      instrument.addCallback(observe)
      bridge.add(() => instrument.removeCallback(observe))
    }
    return bridge
  },
)

const attributes = (labels: Labels): Record<string, string> => ({ ...labels })
