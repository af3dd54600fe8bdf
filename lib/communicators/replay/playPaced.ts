import { Subscription, type SchedulerLike } from 'rxjs'
import { clockOf } from '../../timing/realTime.js'
import { after } from '../../timing/wait.js'
import { UNTIMED } from './Batch.js'
import type { Player, Stage } from './Player.js'

/** At `factor` times the recorded pace: frames and what is due on the clock come in order, each at its real time. */
export const playPaced = ({ clock, open, deliver }: Stage, factor: number, timer: SchedulerLike): Player => {
  const { monotonic } = clockOf(timer)
  let waiting = Subscription.EMPTY
  let wake = (): void => undefined
  /** The real and the recorded time of the beginning. */
  let origin: readonly [real: number, recorded: number] | undefined

  const wait = async (ms: number) => {
    await new Promise<void>((resolve) => {
      wake = resolve
      waiting = after(ms, timer, resolve)
    })
    waiting.unsubscribe()
  }

  /** How many real ms there are until `time`. */
  const ahead = (time: number) => {
    const now = monotonic()
    origin ??= [now, time]
    return origin[0] + (time - origin[1]) / factor - now
  }

  /** Runs what is due up to `time`, each action at its moment; what is less than 1 ms ahead is not waited for. */
  const runTo = async (time: number) => {
    while (open()) {
      const due = clock.due() ?? Infinity
      const ms = ahead(Math.min(due, time))
      if (ms >= 1) await wait(ms)
      else if (due <= time) clock.advance(due, open)
      else return
    }
  }

  return {
    play: async ({ signals, times, of }) => {
      let at = 0
      for (const signal of signals) {
        const time = times[at] ?? UNTIMED
        const whose = of?.[at] ?? 0
        at += 1
        if (time !== UNTIMED) {
          clock.start(time)
          await runTo(time)
          clock.advance(time, open)
        }
        if (!open()) return
        deliver(signal, time, whose)
      }
    },
    drain: async (ms) => {
      const end = clock.scheduler.now() + ms
      for (let due = clock.due(); due !== undefined && due <= end && open(); due = clock.due()) await runTo(due)
    },
    wake: () => wake(),
    stop: () => waiting.unsubscribe(),
  }
}
