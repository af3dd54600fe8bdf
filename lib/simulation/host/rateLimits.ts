import { spend, type Rate, type Spent } from '../../timing/rateWindow.js'

/** Counts one at `now`, in milliseconds: true where that is more than the rate allows. What is too much counts, too. */
export const rateLimit = (rate: Rate): ((now: number) => boolean) => {
  let spent: Spent = []
  return (now) => {
    spent = spend(spent, rate, now)
    return spent.length > rate.most
  }
}

const MINUTE = 60_000

/** Adds up the weight of the current minute: what is used with one more request, and how many milliseconds are left. */
export const minuteWeight = (): ((weight: number, now: number) => { readonly used: number; readonly left: number }) => {
  let minute = -Infinity
  let used = 0
  return (weight, now) => {
    const current = Math.floor(now / MINUTE)
    if (current !== minute) used = 0
    minute = current
    used += weight
    return { used, left: (current + 1) * MINUTE - now }
  }
}
