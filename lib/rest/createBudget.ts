import { anObject, checked } from '../codecs/checked.js'
import { asyncScheduler, Observable, Subscription, type SchedulerLike } from 'rxjs'
import { freeAt, since, spend, type Rate, type Spent } from '../timing/rateWindow.js'
import { clockOf } from '../timing/realTime.js'
import { after } from '../timing/wait.js'

/** What is spent of a budget, and who waits for it. */
export interface Usage {
  /** The weight that counts now. */
  readonly used: number
  /** All that may be used. */
  readonly limit: number
  /** Requests that wait until there is room for them. */
  readonly waiting: number
}

/** What all callers of a venue may spend together, and the queue in which they wait for it. */
export interface Budget {
  /**
   * Emits once and completes when a request of this weight may leave: in the order of asking, those that are `first`
   * before all others, and those that are `last` behind all others.
   */
  readonly admit: (weight: number, place?: 'first' | 'last') => Observable<void>
  /** The venue's own account of the weight used in this minute: what others used from this address counts, too. */
  readonly used: (weight: number) => void
  /** Nothing leaves for so many ms. */
  readonly pause: (ms: number) => void
  /** How it is now. */
  readonly usage: () => Usage
}

/** How much may be spent. */
export interface BudgetConfig {
  /** `venue.limits.weightPerMinute`. */
  readonly weightPerMinute: number
  /** What waiting runs on. Default: real time. */
  readonly scheduler?: SchedulerLike
}

const MINUTE = 60_000

const NEVER_PAUSED = { at: -Infinity, ms: 0 }

interface Waiter {
  readonly weight: number
  readonly isLast: boolean
  readonly leave: () => void
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
export const createBudget = checked(
  'createBudget',
  [anObject('a config { weightPerMinute }', ['weightPerMinute'])],
  ({ weightPerMinute, scheduler = asyncScheduler }: BudgetConfig): Budget => {
    if (!(weightPerMinute > 0))
      throw new TypeError(`Budget: expected a weightPerMinute above 0, came ${weightPerMinute}`)
    return budgetOf({ most: weightPerMinute, per: MINUTE }, scheduler)
  },
)

/** A budget for any span of time. */
export const budgetOf = (rate: Rate, scheduler: SchedulerLike): Budget => {
  const { most, per } = rate
  const { monotonic } = clockOf(scheduler)
  let spent: Spent = []
  let paused = NEVER_PAUSED
  let waiting: readonly Waiter[] = []
  let timer = Subscription.EMPTY

  /** The time; where the clock was put back, everything happened now at the latest. */
  const clock = (): number => {
    const now = monotonic()
    spent = since(spent, per, now)
    paused = paused.at + paused.ms > now ? { ...paused, at: Math.min(paused.at, now) } : NEVER_PAUSED
    return now
  }

  const drain = (): void => {
    timer.unsubscribe()
    for (let [first] = waiting; first !== undefined; [first] = waiting) {
      const now = clock()
      const at = Math.max(paused.at + paused.ms, freeAt(spent, rate, first.weight))
      if (at > now) {
        timer = after(at - now, scheduler, drain)
        return
      }
      waiting = waiting.slice(1)
      spent = spend(spent, rate, now, first.weight)
      first.leave()
    }
  }

  const spentNow = () => spent.reduce((sum, { amount }) => sum + amount, 0)

  return {
    admit: (weight, place) => {
      if (!(weight >= 0 && weight <= most)) {
        const span = per === MINUTE ? 'a minute' : `a span of ${per} ms`
        throw new TypeError(`Expected a weight from 0 to ${most}, all that ${span} allows; came ${weight}`)
      }
      return new Observable((subscriber) => {
        const waiter: Waiter = {
          weight,
          isLast: place === 'last',
          leave: () => {
            subscriber.next()
            subscriber.complete()
          },
        }
        const firstLast = place === 'last' ? -1 : waiting.findIndex(({ isLast }) => isLast)
        const at = firstLast < 0 ? waiting.length : firstLast
        waiting = waiting.toSpliced(place === 'first' ? 0 : at, 0, waiter) // F53
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
      const now = clock()
      const others = weight - spentNow()
      if (others > 0) spent = spend(spent, rate, now, others)
    },
    pause: (ms) => {
      const now = clock()
      if (now + ms > paused.at + paused.ms) paused = { at: now, ms }
    },
    usage: () => {
      clock()
      return { used: spentNow(), limit: most, waiting: waiting.length }
    },
  }
}
