import { asyncScheduler, Observable, Subject, type SchedulerLike } from 'rxjs'
import { sharedByCopies } from '../copies.js'
import { clockOf } from '../timing/realTime.js'
import { createBudget, type Budget } from './createBudget.js'
import type { Fetch } from './fetchText.js'

/** The venue takes nothing more from this address for a while. */
export interface RestPause {
  /** For so long nothing leaves, in ms. */
  readonly delay: number
  /** What the venue said. */
  readonly reason: string
}

/** Where a venue counts what we ask: all who ask the same address in the same way share it. */
export interface Address {
  /** What may be spent there: one for all who have the same limit. */
  readonly budget: (weightPerMinute: number) => Budget
  readonly pause: (pause: RestPause) => void
  /** How long it is still to be left alone, in ms; 0 where it is not. */
  readonly pausedFor: () => number
  /** Each pause, as it begins. Never completes. */
  readonly pause$: Observable<RestPause>
}

/** Who asks whom. */
interface Asking {
  readonly endpoint: string
  readonly fetch: Fetch
  readonly scheduler: SchedulerLike
}

const addresses = sharedByCopies('addresses', () => new WeakMap<Fetch, WeakMap<SchedulerLike, Map<string, Address>>>())

/** What stands for real time, of which each copy of RxJS has a scheduler of its own. */
const realTime = sharedByCopies('realTime', () => asyncScheduler)

/** The address of all who ask this endpoint, by this `fetch` and in this time: made for the first of them. */
export const addressOf = ({ endpoint, fetch, scheduler }: Asking): Address => {
  const time = scheduler === asyncScheduler ? realTime() : scheduler
  const byTime = addresses().get(fetch) ?? new WeakMap<SchedulerLike, Map<string, Address>>()
  addresses().set(fetch, byTime)
  const byEndpoint = byTime.get(time) ?? new Map<string, Address>()
  byTime.set(time, byEndpoint)
  const address = byEndpoint.get(endpoint) ?? createAddress(scheduler)
  byEndpoint.set(endpoint, address)
  return address
}

const createAddress = (scheduler: SchedulerLike): Address => {
  const { monotonic } = clockOf(scheduler)
  const budgets = new Map<number, Budget>()
  const said$ = new Subject<RestPause>()
  let began = -Infinity
  let until = -Infinity
  /** Where the clock was put back, the pause began now, and is as long as it was. */
  const pausedFor = (): number => {
    const now = monotonic()
    if (now < began) [began, until] = [now, until - began + now]
    return Math.max(0, until - now)
  }
  return {
    budget: (weightPerMinute) => {
      const budget = budgets.get(weightPerMinute) ?? createBudget({ weightPerMinute, scheduler })
      budgets.set(weightPerMinute, budget)
      return budget
    },
    pause: (pause) => {
      if (pause.delay <= pausedFor()) return
      began = monotonic()
      until = began + pause.delay
      said$.next(pause)
    },
    pausedFor,
    pause$: said$.asObservable(),
  }
}
