import type { DerivedKline } from 'aster-rx/core'
import { decimalsOf } from './ladder.js'

/** A candle: its time is when its interval begins, in ms since 1970. */
export interface Candle {
  readonly time: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
  /** No trade of it is missing, as far as anybody knows, or it is not over. */
  readonly isWhole: boolean
  /** How many decimals its prices need, the most of which tell how to write them. */
  readonly decimals: number
}

/**
 * Candles, oldest first: those that nearly always stay as they are, and the last one, which every trade changes. So a
 * trade costs the same, however many there are.
 */
export interface Candles {
  readonly past: readonly Candle[]
  readonly last: Candle | undefined
}

export const noCandles: Candles = { past: [], last: undefined }

/** So many are kept. */
export const CANDLES = 1_000

export const allOf = ({ past, last }: Candles): readonly Candle[] => (last === undefined ? past : [...past, last])

const neededDecimals = (texts: readonly string[]): number =>
  Math.max(...texts.map((text) => decimalsOf(text.replace(/\.?0+$/, ''))))

export const candleOf = (kline: DerivedKline): Candle => ({
  time: kline.openTime,
  ...{ open: Number(kline.open), high: Number(kline.high), low: Number(kline.low), close: Number(kline.close) },
  volume: Number(kline.volume),
  isWhole: kline.isComplete || !kline.isClosed,
  decimals: neededDecimals([kline.open, kline.high, kline.low, kline.close]),
})

/** A candle that grew, or one that was mended by what came late. */
export const withCandle = (candles: Candles, candle: Candle): Candles => {
  const { past, last } = candles
  if (last === undefined || candle.time === last.time) return { past, last: candle }
  if (candle.time > last.time) return { past: [...past, last].slice(1 - CANDLES), last: candle }
  const at = past.findLastIndex(({ time }) => time <= candle.time)
  const mended = past[at]?.time === candle.time ? past.with(at, candle) : past.toSpliced(at + 1, 0, candle)
  return { past: mended.slice(1 - CANDLES), last }
}

/** What has to be drawn: `isAll` where a candle came in between, or there was nothing before. */
export interface Changes {
  readonly isAll: boolean
  /** Those that are new or another, oldest first. */
  readonly changed: readonly Candle[]
}

export const changesOf = (before: Candles, now: Candles): Changes => {
  if (before.last === undefined) return { isAll: true, changed: allOf(now) }
  if (before.past === now.past && now.last?.time === before.last.time)
    return { isAll: false, changed: now.last === before.last ? [] : [now.last] }
  const all = allOf(before)
  const known = new Set(all)
  const times = new Set(all.map(({ time }) => time))
  const { time: latest } = before.last
  const changed = allOf(now).filter((candle) => !known.has(candle))
  return { isAll: changed.some(({ time }) => time < latest && !times.has(time)), changed }
}
