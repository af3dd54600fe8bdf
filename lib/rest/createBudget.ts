import { asyncScheduler, Observable, Subscription, type SchedulerLike } from 'rxjs'

/** What all callers of a venue may spend together, and the line in which they wait for it. */
export interface Budget {
  /** Emits once and completes when a request of this weight may leave; in the order of asking, `urgent` ones first. */
  readonly admit: (weight: number, urgent?: boolean) => Observable<void>
  /** The venue's own account of the weight used in this minute: what others used from this address counts, too. */
  readonly used: (weight: number) => void
  /** Nothing leaves for so many ms. */
  readonly pause: (ms: number) => void
}

/** How much may be spent. */
export interface BudgetConfig {
  /** `venue.limits.weightPerMinute`. */
  readonly weightPerMinute: number
  /** What waiting runs on. Default: real time. */
  readonly scheduler?: SchedulerLike
}

/** How much may be spent in a span of so many ms. */
export interface Allowance {
  readonly weight: number
  readonly per: number
  readonly scheduler: SchedulerLike
}

const MINUTE = 60_000
/** Timers take no more. */
const LONGEST = 2 ** 31 - 1

/** Spent at a time, and back after a minute; or a pause that began then. */
interface Since {
  readonly at: number
  readonly amount: number
}

const NEVER_PAUSED: Since = { at: -Infinity, amount: 0 }

interface Waiter {
  readonly weight: number
  readonly leave: () => void
}

const spanOf = (per: number) => (per === MINUTE ? 'a minute' : `a span of ${per} ms`)

const total = (spent: readonly Since[]) => spent.reduce((sum, { amount }) => sum + amount, 0)

/** When there is room for `weight`; a time at or before now means at once. */
const roomAt = (spent: readonly Since[], weight: number, { weight: limit, per }: Allowance): number => {
  let excess = total(spent) + weight - limit
  for (const { at, amount } of spent) {
    if (excess <= 0) break
    excess -= amount
    if (excess <= 0) return at + per
  }
  return -Infinity
}

/**
 * A budget that may be shared by several rests of one address, spot v1 and v3 for instance. No minute, wherever it
 * begins, sees more than the limit leave. It holds a timer only while somebody waits.
 *
 * ```ts
 * const budget = createBudget({ weightPerMinute: asterSpot.limits.weightPerMinute })
 * const rest = createRest({ venue: asterSpot, budget })
 * ```
 */
export const createBudget = ({ weightPerMinute, scheduler = asyncScheduler }: BudgetConfig): Budget => {
  if (!(weightPerMinute > 0)) throw new TypeError(`Budget: expected a weightPerMinute above 0, came ${weightPerMinute}`)
  return budgetOf({ weight: weightPerMinute, per: MINUTE, scheduler })
}

/** A budget for any span of time. */
export const budgetOf = (allowance: Allowance): Budget => {
  const { weight: most, per, scheduler } = allowance
  let spent: readonly Since[] = []
  let paused = NEVER_PAUSED
  let waiting: readonly Waiter[] = []
  let timer = Subscription.EMPTY

  /** The time; where the clock was put back, everything happened now at the latest. */
  const clock = (): number => {
    const now = scheduler.now()
    const notAfter = (since: Since) => (since.at > now ? { ...since, at: now } : since)
    spent = spent.map(notAfter).filter(({ at }) => at + per > now)
    paused = paused.at + paused.amount > now ? notAfter(paused) : NEVER_PAUSED
    return now
  }

  const drain = (): void => {
    timer.unsubscribe()
    for (let [first] = waiting; first !== undefined; [first] = waiting) {
      const now = clock()
      const at = Math.max(paused.at + paused.amount, roomAt(spent, first.weight, allowance))
      if (at > now) {
        timer = scheduler.schedule(drain, Math.min(LONGEST, at - now))
        return
      }
      waiting = waiting.slice(1)
      spent = [...spent, { at: now, amount: first.weight }]
      first.leave()
    }
  }

  return {
    admit: (weight, urgent = false) => {
      if (!(weight >= 0 && weight <= most))
        throw new TypeError(`Expected a weight from 0 to ${most}, all that ${spanOf(per)} allows; came ${weight}`)
      return new Observable((subscriber) => {
        const waiter: Waiter = {
          weight,
          leave: () => {
            subscriber.next()
            subscriber.complete()
          },
        }
        waiting = urgent ? [waiter, ...waiting] : [...waiting, waiter]
        drain()
        return () => {
          const others = waiting.filter((other) => other !== waiter)
          if (others.length === waiting.length) return
          waiting = others
          drain()
        }
      })
    },
    used: (weight) => {
      const at = clock()
      const others = weight - total(spent)
      if (others > 0) spent = [...spent, { at, amount: others }]
    },
    pause: (ms) => {
      const now = clock()
      if (now + ms > paused.at + paused.amount) paused = { at: now, amount: ms }
    },
  }
}
