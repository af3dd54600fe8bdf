import { defer, EMPTY, ignoreElements, share, tap, type Observable, type SchedulerLike } from 'rxjs'
import type { Exchange } from './Rest.js'

/** The venue's time, as far as we know it. */
export interface Clock {
  /** In ms since 1970, fractions allowed. */
  readonly now: () => number
  /** How many times it was set. */
  readonly settings: () => number
  /**
   * Asks the venue and completes when the clock is set; at once where it was set since it had been set `settings`
   * times. Who asks meanwhile waits for the same answer.
   */
  readonly set: (settings: number) => Observable<never>
}

/** A clock that is ours until the venue refuses it; `ask` gets the venue's time. */
export const createClock = (
  scheduler: SchedulerLike,
  ask: () => Observable<Exchange<number>>,
  onSet: (now: number) => void,
): Clock => {
  let offset = 0
  let settings = 0
  const now = () => scheduler.now() + offset
  const setting$ = defer(ask).pipe(
    tap(({ value, sentAt, receivedAt }) => {
      offset = value - (sentAt + receivedAt) / 2
      settings += 1
      onSet(now())
    }),
    ignoreElements(),
    share(),
  )
  return { now, settings: () => settings, set: (since) => (since === settings ? setting$ : EMPTY) }
}
