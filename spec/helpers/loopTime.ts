import type { SchedulerLike } from 'rxjs'
import { recordedClock, type RecordedClock } from '../../lib/communicators/recordedClock.js'

/** The clock of one party: the time is that of all, the timers are its own. */
export interface PartyClock {
  readonly scheduler: SchedulerLike
  /** Whether a timer waits. */
  readonly isWaiting: () => boolean
}

const START = 1_770_000_000_000
/** What one turn of the event loop takes at most, in ms. */
const TURN = 1
/** How many times as fast as real time it passes at most: what other threads do takes real time. */
const QUICK = 10

/**
 * Time for a client and a venue that talk over real sockets within this process. It passes with the turns of the event
 * loop, as long as a timer waits: a slow machine does as much in a second as a quick one, and a process that waits for
 * a processor sees no time pass.
 */
export const loopTime = () => {
  const clocks: RecordedClock[] = []
  let now = START
  let before = 0
  let isTurning = false
  const isWaiting = ({ due }: RecordedClock) => due() !== undefined

  const turn = () => {
    const real = performance.now()
    now += Math.min(TURN, (real - before) * QUICK)
    before = real
    for (const clock of clocks) clock.advance(now)
    isTurning = clocks.some(isWaiting)
    if (isTurning) setImmediate(turn)
  }
  const begin = () => {
    if (isTurning) return
    isTurning = true
    before = performance.now()
    setImmediate(turn)
  }

  return {
    now: () => now,
    clock: (): PartyClock => {
      const clock = recordedClock(START, begin)
      clock.advance(now)
      clocks.push(clock)
      return { scheduler: clock.scheduler, isWaiting: () => isWaiting(clock) }
    },
  }
}
