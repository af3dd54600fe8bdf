/** One thing that is measured. */
export interface MetricRow {
  /** How it is counted. */
  readonly type: 'counter' | 'gauge' | 'histogram'
  /** By UCUM: `s`, or in braces what is counted. */
  readonly unit: 's' | `{${string}}`
  /** What it is, as exports say it. */
  readonly help: string
  /** What tells its series apart, beside `venue` and the labels of the config; `stream` and `symbol` only if asked for. */
  readonly labels: readonly (
    'kind' | 'stream' | 'symbol' | 'error' | 'status' | 'code' | 'state' | 'reason' | 'type' | 'call' | 'result'
  )[]
  /** The upper bounds of a histogram's buckets, in its unit. */
  readonly bounds?: readonly number[]
}

const ofStream = ['kind', 'stream'] as const

/** Everything that is measured: names, units, help and labels of all exports, and of the documents. */
export const metricTable = {
  frames: {
    ...{ type: 'counter', unit: '{frame}', labels: ofStream },
    help: 'Frames and replies, by the kind of the event that they brought, other where they brought none.',
  },
  received: {
    ...{ type: 'counter', unit: '{character}', labels: ofStream },
    help: 'Characters of these frames: bytes, where all are ASCII.',
  },
  events: { type: 'counter', unit: '{event}', labels: ofStream, help: 'Events that were delivered.' },
  repeated: {
    ...{ type: 'counter', unit: '{event}', labels: ofStream },
    help: 'Events that were left out, since another connection had brought them.',
  },
  waitingEvents: {
    ...{ type: 'gauge', unit: '{event}', labels: [] },
    help: 'Events that wait for what another connection may say before them.',
  },
  unknownValues: {
    ...{ type: 'counter', unit: '{value}', labels: [] },
    help: 'Enumerated values that no document lists; their events were delivered.',
  },
  parseErrors: {
    ...{ type: 'counter', unit: '{error}', labels: ['error', 'kind'] },
    help: 'What was wrong with frames: NotJson, UnknownStream, InvalidEvent of a kind, Ambiguous.',
  },
  receiveLag: {
    ...{ type: 'histogram', unit: 's', labels: ofStream },
    help: 'From the time that an event tells to its arrival, by the measured clock of the venue.',
    bounds: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30],
  },
  handlingTime: {
    ...{ type: 'histogram', unit: 's', labels: ofStream },
    help: 'From when a frame is dispatched until all who listen have had what it brought.',
    bounds: [1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 0.001, 0.002, 0.005, 0.01, 0.1, 1],
  },
  connections: { type: 'gauge', unit: '{connection}', labels: [], help: 'Connections that are open.' },
  sent: { type: 'counter', unit: '{message}', labels: ['type'], help: 'Messages to the venue: Text, Ping and Pong.' },
  unaskedStreams: {
    ...{ type: 'gauge', unit: '{stream}', labels: [] },
    help: 'Streams that wait to be asked for, as requests are limited in their rate.',
  },
  brokerBehind: {
    ...{ type: 'gauge', unit: '{message}', labels: [] },
    help: 'Messages of a broker that were published and not read yet.',
  },
  disconnects: {
    ...{ type: 'counter', unit: '{disconnect}', labels: ['code'] },
    help: 'Connections that were lost or could not be opened, by close code or HTTP status.',
  },
  reconnects: {
    ...{ type: 'counter', unit: '{attempt}', labels: [] },
    help: 'Attempts to connect anew after that, counted when the wait for them begins.',
  },
  statuses: { type: 'counter', unit: '{status}', labels: ['status'], help: 'Everything on status$, by its name.' },
  silentStreams: {
    ...{ type: 'gauge', unit: '{stream}', labels: ['stream'] },
    help: 'Streams that have been quiet beyond their allowance and brought nothing since.',
  },
  books: {
    ...{ type: 'gauge', unit: '{book}', labels: ['state', 'symbol'] },
    help: 'Order books that somebody listens to, by their state: Syncing, Synced, Stale.',
  },
  bookAge: {
    ...{ type: 'gauge', unit: 's', labels: ['symbol'] },
    help: 'How long ago the book changed last; without a symbol, the oldest that can be read.',
  },
  bookResyncs: {
    ...{ type: 'counter', unit: '{resync}', labels: ['reason', 'symbol'] },
    help: 'Books that could be read and were lost, by what lost them.',
  },
  snapshotFailures: {
    ...{ type: 'counter', unit: '{snapshot}', labels: ['reason', 'symbol'] },
    help: 'Book snapshots that failed or were of no use.',
  },
  clockOffset: {
    ...{ type: 'gauge', unit: 's', labels: [] },
    help: 'How far the clock of the venue is ahead of ours; absent until the venue has told a time.',
  },
  restWeightUsed: {
    ...{ type: 'gauge', unit: '{weight}', labels: [] },
    help: 'REST weight that counts in this minute, of all who ask this address.',
  },
  restWeightLimit: { type: 'gauge', unit: '{weight}', labels: [], help: 'REST weight that a minute allows.' },
  restWaiting: { type: 'gauge', unit: '{request}', labels: [], help: 'REST requests that wait for that weight.' },
  orderResults: {
    ...{ type: 'counter', unit: '{result}', labels: ['call', 'result'] },
    help: 'What became of orders to place, cancel or replace: Accepted, Unknown, or why they were refused.',
  },
} as const satisfies Readonly<Record<string, MetricRow>>

type Table = typeof metricTable

/** `frames`, `receiveLag` … */
export type MetricName = keyof Table

/** The metrics that are measured as distributions. */
export type HistogramName = { [N in MetricName]: Table[N]['type'] extends 'histogram' ? N : never }[MetricName]

/** All rows, in their order. */
export const metricRows: readonly (readonly [name: MetricName, row: MetricRow])[] = Object.entries(
  metricTable,
) as readonly (readonly [MetricName, MetricRow])[]

/** `receiveLag` as `receive_lag`. */
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const suffixes: Readonly<Record<string, string>> = { s: '_seconds', '{character}': '_characters' }

/** `aster_rx_receive_lag_seconds`, `aster_rx_frames_total`. */
export const prometheusName = (name: string, { type, unit }: Pick<MetricRow, 'type' | 'unit'>): string =>
  `aster_rx_${snake(name)}${suffixes[unit] ?? ''}${type === 'counter' ? '_total' : ''}`

/** `aster_rx.receive_lag`: the unit stands beside it. */
export const openTelemetryName = (name: string): string => `aster_rx.${snake(name)}`
