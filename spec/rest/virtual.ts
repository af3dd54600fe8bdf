import { VirtualTimeScheduler } from 'rxjs'

/** Lets everything that is settled already be heard. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Time that moves when told to, between which promises are heard. */
export const virtual = (start = 0) => {
  const scheduler = new VirtualTimeScheduler(undefined, 0)
  scheduler.frame = start
  const advance = async (ms: number): Promise<void> => {
    const until = scheduler.frame + ms
    await settled()
    scheduler.maxFrames = until
    scheduler.flush()
    scheduler.frame = until
    await settled()
  }
  return { scheduler, advance, pending: () => scheduler.actions.length }
}
