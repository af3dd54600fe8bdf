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

/** Candles, oldest first. */
export type Candles = readonly Candle[]

/** So many are kept. */
export const CANDLES = 1_000

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
  const at = candles.findLastIndex(({ time }) => time <= candle.time)
  if (candles[at]?.time === candle.time) return candles.with(at, candle)
  return candles.toSpliced(at + 1, 0, candle).slice(-CANDLES)
}

/** What has to be drawn: `isAll` where a candle came in between, or there was nothing before. */
export interface Changes {
  readonly isAll: boolean
  /** Those that are new or another, oldest first. */
  readonly changed: Candles
}

export const changesOf = (before: Candles, now: Candles): Changes => {
  const known = new Set(before)
  const times = new Set(before.map(({ time }) => time))
  const last = before.at(-1)?.time ?? Infinity
  const changed = now.filter((candle) => !known.has(candle))
  return { isAll: before.length === 0 || changed.some(({ time }) => time < last && !times.has(time)), changed }
}
