import { isValues, type Values } from '../codecs/Values.js'
import type { DepthIds, DepthRule } from '../venues/depthRule.js'
import type { StreamRow } from '../venues/Venue.js'
import { collect } from './findings.js'
import type { Quiet, StreamGap, StreamReport } from './RecordingReport.js'

/** How long a stream may be quiet, in ms, where its row does not say it. */
const USUAL_SILENCE = 60_000

/** From which number up to which an event reaches. */
type Reach = readonly [first: number, last: number]

const numberIn = (event: Values, field: string): number | undefined => {
  const value = event[field]
  return typeof value === 'number' ? value : undefined
}

const single = (field: string) => (event: Values) => {
  const id = numberIn(event, field)
  return id === undefined ? undefined : ([id, id] as const)
}

/** The events whose numbers or times follow each other without a hole, by their kinds. */
const reaches: Readonly<Record<string, (event: Values) => Reach | undefined>> = {
  trade: single('tradeId'),
  aggTrade: single('aggregateId'),
  kline: ({ kline }) => {
    if (!isValues(kline)) return undefined
    const [open, close] = [numberIn(kline, 'openTime'), numberIn(kline, 'closeTime')]
    return open === undefined || close === undefined ? undefined : [open, Math.floor(close)]
  },
}

/** Those of a depth update, which its codec has checked. */
const idsOf = (update: Values): DepthIds => {
  const [firstUpdateId = NaN, lastUpdateId = NaN, previousUpdateId] = [
    ...['firstUpdateId', 'lastUpdateId', 'previousUpdateId'].map((field) => numberIn(update, field)),
  ]
  return { firstUpdateId, lastUpdateId, ...(previousUpdateId !== undefined && { previousUpdateId }) }
}

/** Follows one stream. */
export interface StreamCheck {
  readonly heard: (event: unknown, receivedAt: number) => void
  readonly repeated: (count: number) => void
  /** A connection was lost: what is missing next is no wonder. */
  readonly lost: () => void
  readonly report: (end: number) => StreamReport
}

/** What a stream is, and how its depth updates are numbered. */
export interface CheckedStream {
  readonly stream: string
  readonly kind: string
  readonly row: Pick<StreamRow, 'sequence' | 'each' | 'silence'> | undefined
  readonly rule: DepthRule | undefined
}

export const createStreamCheck = ({ stream, kind, row, rule }: CheckedStream): StreamCheck => {
  const reachOf = reaches[kind]
  const isDepth = kind === 'depth' && rule !== undefined
  const silence = row === undefined ? Infinity : (row.silence ?? USUAL_SILENCE)
  const gaps = collect<StreamGap>()
  const silences = collect<Quiet>()
  let [from, to] = [NaN, NaN]
  let [events, repeats, backwards] = [0, 0, 0]
  /** The last number, and the highest of the field that orders the stream. */
  let last: number | undefined
  let highest = -Infinity
  let isLoss = false

  const gap = (before: number, at: number) => {
    if (last !== undefined) gaps.add({ at, after: last, before, isLoss })
  }

  const heardDepth = (ids: DepthIds, at: number) => {
    if (last !== undefined && ids.lastUpdateId <= last) return
    if (last !== undefined && rule?.next(ids, last) === false) gap(ids.firstUpdateId, at)
    last = ids.lastUpdateId
  }

  const heardReach = ([first, end]: Reach, at: number) => {
    if (last !== undefined && first > last + 1) gap(first, at)
    last = Math.max(last ?? end, end)
  }

  const quiet = (until: number) => {
    if (until - to > silence) silences.add({ from: to, to: until })
  }

  return {
    heard: (event, receivedAt) => {
      if (events === 0) from = receivedAt
      else quiet(receivedAt)
      to = receivedAt
      events += 1
      if (!isValues(event)) return
      const reach = reachOf?.(event)
      if (isDepth) heardDepth(idsOf(event), receivedAt)
      else if (reach !== undefined) heardReach(reach, receivedAt)
      const number = row?.each === undefined ? numberIn(event, row?.sequence ?? '') : undefined
      if (number !== undefined && number < highest) backwards += 1
      highest = Math.max(highest, number ?? highest)
      isLoss = false
    },
    repeated: (count) => (repeats += count),
    lost: () => (isLoss = true),
    report: (end) => {
      quiet(end)
      return {
        ...{ stream, kind, events, from, to, repeated: repeats, backwards },
        ...{ isNumbered: isDepth || reachOf !== undefined, gaps: gaps.found(), silences: silences.found() },
      }
    },
  }
}
