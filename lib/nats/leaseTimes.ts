import { misuse, numbersOf } from './misuse.js'

/** How a lease is kept, in ms; it is renewed several times within its time to live. */
export interface LeaseTimes {
  readonly timeToLive: number
  readonly every: number
  readonly replicas: number
}

/** Checks the times of a config; by default, `every` is a fifth of `timeToLive`. @throws TypeError */
export const leaseTimes = (who: string, config: Partial<LeaseTimes>, fallback: number): LeaseTimes => {
  const number = numbersOf(who)
  const timeToLive = number(config, 'timeToLive', 100, fallback)
  const every = number(config, 'every', 10, Math.round(timeToLive / 5))
  if (every * 2 > timeToLive)
    throw misuse(
      who,
      '`every` as at most half of `timeToLive`',
      every,
      'a renewal may fail once before the time is over',
    )
  return { timeToLive, every, replicas: number(config, 'replicas', 1, 1) }
}
