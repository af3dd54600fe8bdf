import { isPrint } from '../events/Trade.js'
import type { Provenance } from './DerivedKline.js'
import { growBar, startBar, type GrowingBar } from './GrowingBar.js'
import type { Span } from './intervalSpan.js'
import { idOf, type TradeEvent } from './TradeEvent.js'
import { missingIn, withGap, withoutId, type TradeGap } from './tradeGaps.js'

/** A kline, and what happened to it. */
export interface KeptKline {
  readonly span: Span
  readonly growing: GrowingBar
  readonly isClosed: boolean
  /** A trade before its interval is known, so that the ids say whether its first one is. */
  readonly isBegun: boolean
  /** The venue's ids began anew while it grew. */
  readonly isCut: boolean
  /** The venue was heard past its end, and nothing was lost until then. */
  readonly wasHeard: boolean
  readonly wasReset: boolean
  readonly lateTrades: number
}

/** The klines of one symbol that may still change, and what is known of its trades. Times in ms since 1970. */
export interface KlineSeries {
  readonly before?: KeptKline
  readonly last?: KeptKline
  /** The highest id so far, and the time of its trade; prints or not. */
  readonly lastId: number
  readonly lastTime: number
  /** Since when the ids follow each other. */
  readonly knownFrom: number
  readonly gaps: readonly TradeGap[]
  /** The connection was lost since the last trade. */
  readonly isInDoubt: boolean
  readonly leftOut: number
  /** The newest trades in a row that no kline could take, by their times. */
  readonly tooOld: number
}

export const newSeries: KlineSeries = {
  ...{ lastId: NaN, lastTime: NaN, knownFrom: Infinity, gaps: [], isInDoubt: false, leftOut: 0, tooOld: 0 },
}

export type SpanOf = (time: number) => Span

/** So many of the newest trades in a row are not mistaken in their times: the one before them was. */
const BELIEVED = 2

/** The series after a trade. */
export const withTrade = (series: KlineSeries, trade: TradeEvent, spanOf: SpanOf): KlineSeries => {
  const noted = withId(series, trade)
  if (!isPrint(trade)) return noted // F56
  const { last, before } = noted
  const { tradeTime } = trade
  // F58
  if (last === undefined || tradeTime >= last.span.end) return opened(noted, trade, spanOf, series.isInDoubt)
  if (tradeTime >= last.span.openTime) return { ...noted, last: grown(last, trade), tooOld: 0 } // F57
  // F57
  if (before !== undefined && tradeTime >= before.span.openTime && tradeTime < before.span.end)
    return { ...noted, before: grown(before, trade), tooOld: 0 }
  const leftOut = series.leftOut + 1
  if (noted.lastId !== idOf(trade)) return { ...series, leftOut }
  const tooOld = series.tooOld + 1
  if (tooOld < BELIEVED) return { ...noted, tooOld, leftOut } // F57
  const anew = { ...noted, last: { ...last, isCut: true }, gaps: [], knownFrom: tradeTime }
  return opened(anew, trade, spanOf, series.isInDoubt)
}

/** The series after its last kline was closed by the clock. */
export const withClosed = (series: KlineSeries, isHeard: boolean): KlineSeries =>
  series.last === undefined
    ? series
    : { ...series, last: { ...series.last, isClosed: true, wasHeard: isHeard && !series.isInDoubt } }

/** The series after the connection was lost: what comes next says whether something is missing. */
export const withReset = (series: KlineSeries): KlineSeries => {
  const { last } = series
  const isGrowing = last !== undefined && !last.isClosed
  return { ...series, isInDoubt: true, ...(isGrowing && { last: { ...last, wasReset: true } }) }
}

/** What is known of the trades of a kline of the series. */
export const provenanceOf = (
  { gaps, isInDoubt, lastTime, leftOut }: KlineSeries,
  { span, isClosed, isBegun, isCut, wasHeard, wasReset, lateTrades }: KeptKline,
): Provenance => {
  const missing = gaps.length === 0 ? [] : missingIn(gaps, span)
  const isEndKnown = lastTime >= span.end || (!isInDoubt && (wasHeard || !isClosed)) // F59
  return {
    isComplete: isBegun && !isCut && isEndKnown && missing.length === 0,
    ...{ missing, wasReset, lateTrades, leftOut },
  }
}

/** Notes an id: what it leaves out, or makes up for. */
const withId = (series: KlineSeries, trade: TradeEvent): KlineSeries => {
  const { lastId, lastTime, gaps, last } = series
  const { tradeTime } = trade
  const id = idOf(trade)
  const next = { lastId: id, lastTime: tradeTime, isInDoubt: false }
  if (Number.isNaN(lastId)) return { ...series, ...next, knownFrom: tradeTime }
  if (id === lastId + 1) return { ...series, ...next }
  // F59
  if (id > lastId) {
    const gap = { first: lastId + 1, last: id - 1, after: lastTime, before: tradeTime }
    return { ...series, ...next, gaps: withGap(gaps, gap) }
  }
  // F59
  if (gaps.some(({ first, last }) => id >= first && id <= last)) return { ...series, gaps: withoutId(gaps, id) }
  if (tradeTime <= lastTime) return series
  return { ...series, ...next, knownFrom: tradeTime, ...(last !== undefined && { last: { ...last, isCut: true } }) }
}

const grown = (kline: KeptKline, trade: TradeEvent): KeptKline => ({
  ...kline,
  growing: growBar(kline.growing, trade),
  lateTrades: kline.lateTrades + (kline.isClosed ? 1 : 0), // F57
})

const opened = (series: KlineSeries, trade: TradeEvent, spanOf: SpanOf, wasReset: boolean): KlineSeries => {
  const { last, knownFrom, gaps } = series
  const span = spanOf(trade.tradeTime)
  const isBegun = knownFrom < span.openTime // F59
  const kept = last?.span.openTime ?? span.openTime
  return {
    ...series,
    ...(last !== undefined && { before: { ...last, isClosed: true } }),
    last: {
      span,
      growing: startBar(trade),
      ...{ isClosed: false, isBegun, isCut: false, wasHeard: false, wasReset, lateTrades: 0 },
    },
    gaps: gaps.filter(({ before }) => before >= kept),
    tooOld: 0,
  }
}
