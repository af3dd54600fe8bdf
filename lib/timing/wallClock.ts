import { Observable, type Subscriber } from 'rxjs'

/** A clock that shows the time of day, and one that only ever runs on. */
export interface TimeSource {
  /** In ms: nobody puts it forward or back, and it may stand still while the host sleeps. */
  readonly monotonic: () => number
  /** In ms since 1970, as the host shows it: it may be put forward or back at any time. */
  readonly wall: () => number
}

/** The time of day for stamps, and a time for waits. */
export interface WallClock extends Pick<TimeSource, 'monotonic'> {
  /** The time of day, in ms since 1970, with its fractions; it goes back only where it says so first. */
  readonly now: () => number
  /** The same for a monotonic time that was read just now. */
  readonly at: (monotonic: number) => number
  /** Looks whether the host's clock was put forward or back, or the host slept. */
  readonly look: () => void
  /** By how many ms it was put forward, or, below 0, back: said before the first time after it. Never completes. */
  readonly step$: Observable<number>
}

/** How often the host's clock is looked at, in ms: two clocks for each frame would be too many. */
const EVERY = 10
/** The clocks agree as long as they are not further apart, in ms. */
const AGREED = 20
/** Both clocks were read at once if no more than so many ms passed meanwhile. */
const AT_ONCE = 1
/** How often they are read until that is so. */
const MOST_TRIES = 5

/**
 * Counts the time of day on from the monotonic time, so that its fractions and its order are true, and sets it anew where
 * the host's clock departs from that.
 */
export const createWallClock = ({ monotonic, wall }: TimeSource): WallClock => {
  // Not a Subject, which would be a tenth of a bundle that has nothing but a book.
  const listeners = new Set<Subscriber<number>>()
  let ahead = NaN
  let lookAt = -Infinity

  /** How far the time of day is ahead of the monotonic time; `undefined` where the process was interrupted each time. */
  const measured = (): number | undefined => {
    for (let i = 0; i < MOST_TRIES; i++) {
      const before = monotonic()
      const time = wall()
      if (monotonic() - before <= AT_ONCE) return time - before
    }
    return undefined
  }

  const look = (at: number) => {
    lookAt = at + EVERY
    if (Number.isNaN(ahead)) ahead = measured() ?? wall() - at
    if (Math.abs(wall() - at - ahead) < AGREED) return
    const by = (measured() ?? ahead) - ahead
    if (Math.abs(by) < AGREED) return
    ahead += by // F54
    listeners.forEach((listener) => listener.next(by)) // F54
  }

  const at = (time: number): number => {
    if (!(time < lookAt)) look(time) // F54
    return time + ahead
  }

  const step$ = new Observable<number>((subscriber) => {
    listeners.add(subscriber)
    return () => listeners.delete(subscriber)
  })
  return { monotonic, at, now: () => at(monotonic()), look: () => look(monotonic()), step$ }
}
