/** How long to wait before trying again. */
export interface Backoff {
  /** Before the first retry, in ms; doubled each time. Default 500. */
  readonly delay?: number
  /** Never longer than this, in ms. Default 30,000. */
  readonly maxDelay?: number
  /** A source of chance, 0 up to but not including 1: each wait is then cut by up to a half. Default: no jitter. */
  readonly random?: () => number
}

/** The wait before a retry, in ms; `retry` counts from 1. */
export const backoff = ({ delay = 500, maxDelay = 30_000, random }: Backoff, retry: number): number => {
  const whole = Math.min(maxDelay, delay * 2 ** (retry - 1)) // F01
  return random === undefined ? whole : whole * (1 - random() / 2)
}
