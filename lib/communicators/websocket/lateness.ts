import { defer, filter, interval, map, type Observable } from 'rxjs'
import type { ConnectionSettings } from './websocketConfig.js'

/** How often a process is asked whether it is in time, in ms. */
const EVERY = 1_000

/**
 * How many ms late this process is, whenever that is at least `lag`: while it was busy, nobody read the sockets.
 * Told before what has come meanwhile.
 *
 * ```
 * ---5000--------1200--
 * ```
 *
 * Never completes; unsubscribing leaves no timer.
 */
export const lateness = ({ scheduler, clock, lag, wallClock }: ConnectionSettings): Observable<number> =>
  defer(() => {
    let due = clock() + EVERY
    return interval(EVERY, scheduler).pipe(
      map(() => {
        const late = clock() - due
        due = clock() + EVERY
        wallClock.look() // F54
        return late
      }),
      filter((late) => late >= lag), // F44
    )
  })
