import { metrics as api, type Meter } from '@opentelemetry/api'
import {
  AggregationTemporality,
  DataPointType,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import parse from 'parse-prometheus-text-format'
import { Subject, VirtualTimeScheduler } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import { metrics, openTelemetry, prometheusText } from '../../lib/metrics/index.js'
import { metricRows, openTelemetryName, prometheusName } from '../../lib/metrics/metricTable.js'
import { frame, type Signal } from '../../lib/Signal.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { trade } from '../client/frames.js'

const awkward = 'a"b\\c\nd'
const source = { id: 'a' }

/** A client that was measured while it had three trades of two symbols, a frame that is no JSON, and a loss. */
const lab = () => {
  const signal$ = new Subject<Signal>()
  const scheduler = new VirtualTimeScheduler()
  const client = createClient({
    ...{ venue: asterFutures, communicator: () => signal$, scheduler, onNotice: () => undefined },
  })
  const measured = metrics(client, { labels: { client: awkward }, perStream: true, timedEvery: 1 })
  const connection = client.connect()
  const send = () => {
    const stamp = { receivedAt: 0, source }
    signal$.next({ _tag: 'Connecting', ...stamp })
    signal$.next({ _tag: 'Connected', ...stamp })
    for (const one of [trade(1), trade(2, 'ETHUSDT'), trade(3), frame('{', 0)]) signal$.next(one)
    signal$.next({ _tag: 'Disconnected', code: 1006, reason: '', ...stamp })
  }
  return { connection, measured, send }
}

const common = { client: awkward, venue: 'asterFutures' }
const ofStream = (stream: string) => ({ ...common, kind: 'trade', stream })

test('a parser of the Prometheus text format reads a scrape', () => {
  const { connection, measured, send } = lab()
  send()
  const families = new Map(parse(prometheusText(measured)).map((family) => [family.name, family]))
  const of = (name: string) => families.get(name)?.metrics.map(({ labels, value }) => [labels, value])
  expect(of('aster_rx_events_total')).toEqual([
    [ofStream('btcusdt@trade'), '2'],
    [ofStream('ethusdt@trade'), '1'],
    [{ ...common, kind: 'other', stream: 'other' }, '0'],
  ])
  expect(of('aster_rx_disconnects_total')).toEqual([[{ ...common, code: '1006' }, '1']])
  expect(of('aster_rx_parse_errors_total')).toEqual([[{ ...common, error: 'NotJson', kind: 'other' }, '1']])
  for (const [key, row] of metricRows) {
    const family = families.get(prometheusName(key, row))
    if (family === undefined) continue
    expect([family.type, family.help]).toEqual([row.type.toUpperCase(), row.help])
  }
  const lag = families.get('aster_rx_receive_lag_seconds')?.metrics[0]?.buckets
  expect(Object.keys(lag ?? {})).toContain('+Inf')
  connection.unsubscribe()
})

describe('OpenTelemetry', () => {
  /** What an in-memory reader has collected, by the names of the instruments. */
  const reading = () => {
    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })
    const provider = new MeterProvider({ readers: [reader] })
    const collected = async () => {
      exporter.reset()
      await reader.forceFlush()
      const all = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
      return new Map(all.map((one) => [one.descriptor.name, one]))
    }
    return { provider, meter: provider.getMeter('aster-rx'), collected }
  }

  test('an in-memory reader collects what was counted, under the names and units of the table', async () => {
    const { provider, meter, collected } = reading()
    const { connection, measured, send } = lab()
    const bridge = openTelemetry(measured, meter)
    send()
    const found = await collected()
    const points = (name: string) => found.get(name)?.dataPoints.map(({ attributes, value }) => [attributes, value])
    expect(points('aster_rx.events')).toEqual([
      [ofStream('btcusdt@trade'), 2],
      [ofStream('ethusdt@trade'), 1],
      [{ ...common, kind: 'other', stream: 'other' }, 0],
    ])
    expect(points('aster_rx.disconnects')).toEqual([[{ ...common, code: '1006' }, 1]])
    expect(points('aster_rx.connections')).toEqual([[common, 0]])
    for (const [key, row] of metricRows) {
      const { descriptor } = found.get(openTelemetryName(key)) ?? {}
      if (descriptor !== undefined) expect([descriptor.unit, descriptor.description]).toEqual([row.unit, row.help])
    }
    const lag = found.get('aster_rx.receive_lag')
    if (lag?.dataPointType !== DataPointType.HISTOGRAM) throw new Error('the lag is no histogram')
    const [prometheus] = measured.read('receiveLag')
    expect(lag.dataPoints[0]?.value).toMatchObject({ count: 2, sum: prometheus?.sum })
    expect(lag.dataPoints[0]?.value.buckets.boundaries).toEqual(prometheus?.buckets.slice(0, -1).map(({ le }) => le))
    bridge.unsubscribe()
    send()
    expect((await collected()).get('aster_rx.receive_lag')?.dataPoints[0]?.value).toMatchObject({ count: 2 })
    connection.unsubscribe()
    await provider.shutdown()
  })

  test('the API without an SDK is a meter, too', () => {
    const meter: Meter = api.getMeter('aster-rx')
    const { connection, measured, send } = lab()
    const bridge = openTelemetry(measured, meter)
    expect(send).not.toThrow()
    bridge.unsubscribe()
    connection.unsubscribe()
  })
})
