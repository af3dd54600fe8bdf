import { backoff } from '../../../timing/backoff.js'
import { BANNED, TOO_MANY } from '../../../rest/retryAfter.js'
import type { End } from '../connection/ConnectionFact.js'

/** A connection that was lost, or could not be opened. */
export interface ConnectionLoss {
  /** The close code, the HTTP status of a refused upgrade, or 1006 where there is neither. */
  readonly code: number
  /** The reason that was given, or what went wrong. */
  readonly reason: string
  /** Which attempt would come next, counted from 1 since the last stable connection. */
  readonly attempt: number
}

/** Whether there is another attempt, and how long to wait before it. */
export interface ReconnectPolicy {
  /**
   * False where no other attempt is to be made: no `Waiting` follows the `Disconnected`, and nothing is opened before
   * `client.reconnect()`. Default: there always is another one.
   */
  readonly again?: (loss: ConnectionLoss) => boolean
  /** Before the first attempt, in ms; doubled for each one after. Default: 500. */
  readonly delay?: number
  /** Never longer than this, in ms, unless the venue asks for more. Default: 30,000. */
  readonly maxDelay?: number
  /** A connection that lasted this long, in ms, makes the next loss the first one again. Default: 60,000. */
  readonly stableAfter?: number
}

/** What a wait depends on. */
type Cause = Pick<End, 'code' | 'isThrottled' | 'retryAfter'>

/** After a close that says we asked for too much: so many times as long, and never less than this, in ms. */
const THROTTLED_FACTOR = 4
const THROTTLED_LEAST = 5_000

/**
 * The wait before an attempt, in ms; `attempt` counts from 1. By up to a half shorter by chance (`random`: 0 up to,
 * not including 1), but never shorter than what the venue asked for: Retry-After, or a long default after 429 and 418.
 */
export const reconnectDelay = (
  policy: Required<Omit<ReconnectPolicy, 'again'>>,
  attempt: number,
  end: Cause,
  random: () => number,
): number => {
  const waits = {
    delay: policy.delay * (end.isThrottled ? THROTTLED_FACTOR : 1),
    maxDelay: policy.maxDelay,
    random, // F01
  }
  return Math.max(
    backoff(waits, attempt), // F01
    leastDelay(end), // F03
  )
}

/** What the venue asks us to wait, in ms, whatever the policy says. */
export const leastDelay = ({ code, isThrottled, retryAfter }: Cause): number => {
  if (code === 418) return Math.max(BANNED, retryAfter ?? 0)
  if (code === 429) return retryAfter ?? TOO_MANY
  return Math.max(retryAfter ?? 0, isThrottled ? THROTTLED_LEAST : 0)
}
