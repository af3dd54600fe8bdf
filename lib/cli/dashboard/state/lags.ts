/** The last lags, in ms, of which quantiles are asked now and then. */
export interface Lags {
  readonly add: (ms: number) => void
  /** By the nearest rank: 0.5 is the median; NaN while there is none. */
  readonly quantile: (share: number) => number
}

/** Keeps the last `size` of them. One below 0, as a clock that is not exact makes, is 0. */
export const createLags = (size: number): Lags => {
  const kept = new Float64Array(size)
  let count = 0
  return {
    add: (ms) => {
      kept[count++ % size] = Math.max(0, ms)
    },
    quantile: (share) => {
      const sorted = kept.slice(0, Math.min(count, size)).sort()
      return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN
    },
  }
}
