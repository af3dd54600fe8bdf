import { UNTIMED } from './Batch.js'
import type { Player, Stage } from './Player.js'

const nothing = () => undefined

/** As fast as possible: nothing waits but for the files. */
export const playAtOnce = ({ clock, open, deliver }: Stage): Player => ({
  play: ({ signals, times, of }) => {
    let at = 0
    for (const signal of signals) {
      const time = times[at] ?? UNTIMED
      const whose = of?.[at] ?? 0
      at += 1
      if (time !== UNTIMED) clock.advance(time, open)
      if (!open()) return
      deliver(signal, time, whose)
    }
    return
  },
  drain: (ms) => {
    const end = clock.scheduler.now() + ms
    for (let due = clock.due(); due !== undefined && due <= end && open(); due = clock.due()) clock.advance(due, open)
    return
  },
  wake: nothing,
  stop: nothing,
})
