import { flat } from '../codecs/flat.js'
import { isValues } from '../codecs/Values.js'
import { emit, type Channel } from '../client/channel.js'
import type { Watcher } from '../client/Watcher.js'
import type { VenueClock } from '../timing/venueClock.js'
import { distribution, readDistribution, record, type Distributed } from './distribution.js'
import { metricTable, type HistogramName } from './metricTable.js'
import type { Labels, SeriesOf } from './Snapshot.js'

/** A value of a histogram as it is measured, in seconds. */
export interface Measurement {
  /** The histogram that it belongs to. */
  readonly name: HistogramName
  /** In the unit of its metric. */
  readonly value: number
  /** What tells it from others of its metric. */
  readonly labels: Labels
}

/** How frames and events are counted. */
export interface TrafficConfig {
  readonly common: Labels
  readonly perStream: boolean
  readonly maxStreams: number
  readonly venueClock: Pick<VenueClock, 'offset'>
  /** Of so many frames one has its handling timed, chosen by `random`, from 0 up to but not including 1. */
  readonly timedEvery: number
  readonly random: () => number
  /** In ms, and only ever on. */
  readonly monotonic: () => number
  /** Hears each value that is measured. */
  readonly measurements: Channel
}

/** What is counted of one kind, or of one stream of it. */
interface Series {
  readonly labels: Labels
  readonly lag: Distributed
  readonly handling: Distributed
  frames: number
  characters: number
  events: number
  repeated: number
}

/** A frame that is being handled, and a place for one that comes meanwhile: written again and again. */
interface OpenFrame {
  readonly outer: OpenFrame | undefined
  inner: OpenFrame | undefined
  /** NaN for one that is not timed. */
  startedAt: number
  series: Series | undefined
}

const newFrame = (outer?: OpenFrame): OpenFrame => ({
  ...{ outer, inner: undefined, startedAt: NaN, series: undefined },
})

/** Counts frames and events, and measures how long they took. */
export interface Traffic {
  readonly begun: () => void
  readonly delivered: Watcher['delivered']
  readonly repeated: Watcher['repeated']
  readonly handled: Watcher['handled']
  readonly read: Readonly<Record<'frames' | 'received' | 'events' | 'repeated', () => SeriesOf<'frames'>>> &
    Readonly<Record<HistogramName, () => SeriesOf<HistogramName>>>
}

/** The kind of frames that brought no event, and the stream of those beyond `maxStreams`. */
export const OTHER = 'other'

/** The venue's clock is read once in so many ms of arrivals. */
const OFFSET_EVERY = 1_000

export const createTraffic = (config: TrafficConfig): Traffic => {
  const { common, perStream, maxStreams, venueClock, timedEvery, random, monotonic, measurements } = config
  const kinds = new Map<string, Map<string, Series>>()
  const all: Series[] = []
  let streams = 0
  let open = newFrame()
  let untimed = 0
  let offset = 0
  let offsetAt = -Infinity

  const create = (kind: string, stream: string | undefined): Series => {
    const labels = { ...common, kind, ...(stream !== undefined && { stream }) }
    const lag = distribution(labels, metricTable.receiveLag.bounds)
    const handling = distribution(labels, metricTable.handlingTime.bounds)
    const series = { labels, lag, handling, frames: 0, characters: 0, events: 0, repeated: 0 }
    all.push(series)
    return series
  }

  const added = (ofKind: Map<string, Series>, kind: string, stream: string): Series => {
    const isOver = perStream && stream !== OTHER && streams >= maxStreams
    if (isOver) return ofKind.get(OTHER) ?? added(ofKind, kind, OTHER)
    if (stream !== OTHER) streams++
    const name = flat(stream)
    const series = create(kind, perStream ? name : undefined)
    ofKind.set(name, series)
    return series
  }

  const seriesOf = (kind: string, stream: string): Series => {
    let ofKind = kinds.get(kind)
    if (ofKind === undefined) kinds.set(kind, (ofKind = new Map<string, Series>()))
    const name = perStream ? stream : ''
    return ofKind.get(name) ?? added(ofKind, kind, name)
  }

  const measure = (name: HistogramName, to: Distributed, value: number) => {
    record(to, value, !Number.isNaN(open.startedAt))
    if (measurements.listeners.length > 0) emit(measurements, { name, value: Math.max(0, value), labels: to.labels })
  }

  /** The places are random, as frames may come in a pattern of their own: one in so many, on average. */
  const isTimed = (): boolean => {
    if (untimed-- > 0) return false
    untimed = Math.floor(random() * (2 * timedEvery - 1))
    return true
  }

  const offsetOf = (receivedAt: number): number => {
    if (receivedAt < offsetAt + OFFSET_EVERY && receivedAt >= offsetAt) return offset
    offsetAt = receivedAt
    return (offset = venueClock.offset() ?? 0)
  }

  const read = (valueOf: (series: Series) => number) => () =>
    all.map((series) => ({ labels: series.labels, value: valueOf(series) }))
  const readHistogram = (of: (series: Series) => Distributed) => () => all.map((series) => readDistribution(of(series)))

  return {
    begun: () => {
      open = open.inner ??= newFrame(open)
      open.series = undefined
      open.startedAt = isTimed() ? monotonic() : NaN
    },
    delivered: (kind, stream, event, receivedAt) => {
      const series = seriesOf(kind, stream)
      series.events++
      open.series ??= series
      const time = timeOf(event)
      if (time !== undefined) measure('receiveLag', series.lag, (receivedAt + offsetOf(receivedAt) - time) / 1_000)
    },
    repeated: (kind, stream, count) => {
      seriesOf(kind, stream).repeated += count
    },
    handled: ({ text }) => {
      const { startedAt, outer, series = seriesOf(OTHER, OTHER) } = open
      if (outer === undefined) return
      series.frames++
      series.characters += text.length
      if (!Number.isNaN(startedAt)) measure('handlingTime', series.handling, (monotonic() - startedAt) / 1_000)
      open = outer
    },
    read: {
      frames: read(({ frames }) => frames),
      received: read(({ characters }) => characters),
      events: read(({ events }) => events),
      repeated: read(({ repeated }) => repeated),
      receiveLag: readHistogram(({ lag }) => lag),
      handlingTime: readHistogram(({ handling }) => handling),
    },
  }
}

/** Of a list, as of all tickers, the time of its first event. */
const timeOf = (event: unknown): number | undefined => {
  const one: unknown = Array.isArray(event) ? event[0] : event
  const time = isValues(one) ? one['eventTime'] : undefined
  return typeof time === 'number' ? time : undefined
}
