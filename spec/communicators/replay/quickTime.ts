import { Subscription, type SchedulerLike } from 'rxjs'

/** Real time that passes at once: a wait ends in the next turn of the event loop, and was as long as it should be. */
export const quickTime = (late = 0) => {
  let now = 1_000_000
  const waits: number[] = []
  const waiting = new Set<NodeJS.Immediate>()
  const scheduler: SchedulerLike = {
    now: () => now,
    schedule: <T>(work: (state?: T) => void, delay = 0, state?: T) => {
      waits.push(delay)
      const immediate = setImmediate(() => {
        waiting.delete(immediate)
        now += delay + late
        work(state)
      })
      waiting.add(immediate)
      return new Subscription(() => {
        waiting.delete(immediate)
        clearImmediate(immediate)
      })
    },
  }
  return { scheduler, waits, waiting, pass: (ms: number) => (now += ms) }
}
