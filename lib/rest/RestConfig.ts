import type { SchedulerLike } from 'rxjs'
import type { Venue } from '../venues/Venue.js'
import type { Budget } from './createBudget.js'
import type { Fetch } from './fetchText.js'
import type { Signer } from './Signer.js'

/** How often what is idempotent is sent again, and after which waits. */
export interface RestRetry {
  /** Default: 3. */
  readonly count?: number
  /** Before the first, in ms; doubled each time, and cut by up to a half by chance. Default: 500. */
  readonly delay?: number
  /** Never longer than this, in ms, unless the venue asks for more. Default: 30,000. */
  readonly maxDelay?: number
}

/** How requests are made. Everything but `venue` may be left out; times are in ms. */
export interface RestConfig {
  readonly venue: Venue
  /**
   * Another address of the venue: `http://127.0.0.1:8080`. Default: the venue's own, and, where it has two, the other one
   * after no answer came.
   */
  readonly endpoint?: string
  /** `v1`, `v3`. Default: the first that fits the credentials; without any, the first. */
  readonly version?: string
  /** Signs what is to be signed. */
  readonly signer?: Signer
  /** For what needs no more than the key in a header. Default: the signer's, where it has one. */
  readonly apiKey?: string
  /** How long an answer may take. Default: 10,000. */
  readonly timeout?: number
  /** How long what is idempotent may wait before it leaves. Default: 120,000. */
  readonly maxWait?: number
  readonly retry?: RestRetry
  /** What may be spent in a minute. Default: the venue's `limits.weightPerMinute`, for all who ask this address by the same `fetch`. */
  readonly budget?: Budget
  /** How many requests may be under way. Default: 50. */
  readonly maxInFlight?: number
  /** How many more may wait for their turn. Default: 10,000. */
  readonly maxWaiting?: number
  /** The longest body of an answer, in bytes; a longer one is a failure. Default: 16 MiB. */
  readonly maxBody?: number
  /** Default: the global one. */
  readonly fetch?: Fetch
  /** What all waiting runs on. Default: real time. */
  readonly scheduler?: SchedulerLike
  /** A source of chance, 0 up to but not including 1. Default: `Math.random`. */
  readonly random?: () => number
}
