/** What a process holds at one moment. */
export interface Vitals {
  /** Bytes, after a collection where the process allows one. */
  readonly heap: number
  /** Sockets, timers and whatever else keeps a process alive. */
  readonly resources: number
  /** Listeners of the process and of the clients' Observables. */
  readonly listeners: number
}

const observersOf = (observable: object): number =>
  'observers' in observable && Array.isArray(observable.observers) ? observable.observers.length : 0

/** Reads them now; `observables` are those whose listeners count. */
export const vitals = (observables: readonly object[]): Vitals => {
  globalThis.gc?.()
  const ofProcess = process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0)
  return {
    heap: process.memoryUsage().heapUsed,
    resources: process.getActiveResourcesInfo().length,
    listeners: observables.reduce((sum, observable) => sum + observersOf(observable), ofProcess),
  }
}

/** How one of them went over time. */
export interface Trend {
  readonly first: number
  readonly last: number
  /** By the straight line through all of them, a minute. */
  readonly slope: number
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >>> 1] ?? NaN

/** First and last are medians of a quarter of the samples each, less a quarter at the start, when everything is new. */
export const trend = (samples: readonly { readonly at: number; readonly value: number }[]): Trend => {
  const settled = samples.slice(samples.length >>> 2)
  const part = Math.max(1, settled.length >>> 2)
  const values = settled.map(({ value }) => value)
  const mean = (of: readonly number[]) => of.reduce((sum, one) => sum + one, 0) / of.length
  const [at, value] = [mean(settled.map((sample) => sample.at)), mean(values)]
  const spread = settled.reduce((sum, sample) => sum + (sample.at - at) ** 2, 0)
  const joint = settled.reduce((sum, sample) => sum + (sample.at - at) * (sample.value - value), 0)
  const slope = spread === 0 ? 0 : (joint / spread) * 60_000
  return { first: median(values.slice(0, part)), last: median(values.slice(-part)), slope }
}

/** How much more at the end is still flat: chance, and what is remembered up to a cap. */
export const isFlat = ({ first, last }: Trend, { part, amount }: { readonly part: number; readonly amount: number }) =>
  last <= first * (1 + part) + amount
