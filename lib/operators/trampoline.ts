import type { Subscriber } from 'rxjs'

/**
 * Runs jobs one after the other: one that comes while another runs waits until that one is done, so that what an
 * observer does while it is told something cannot get ahead of it. What a job throws becomes the subscriber's error;
 * after the subscriber's end no job runs.
 */
export const trampoline = (subscriber: Subscriber<unknown>): ((job: () => void) => void) => {
  const jobs: (() => void)[] = []
  let busy = false
  return (job) => {
    jobs.push(job)
    if (busy) return
    busy = true
    try {
      for (let next = jobs.shift(); next !== undefined && !subscriber.closed; next = jobs.shift()) next()
    } catch (error) {
      subscriber.error(error)
    }
    busy = false
  }
}
