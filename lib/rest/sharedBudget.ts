import type { SchedulerLike } from 'rxjs'
import { createBudget, type Budget } from './createBudget.js'
import type { Fetch } from './fetchText.js'

/** Who asks whom: the venue counts by address, so all who ask the same one in the same way have one budget. */
export interface BudgetShare {
  readonly endpoint: string
  readonly weightPerMinute: number
  readonly fetch: Fetch
  readonly scheduler: SchedulerLike
}

const budgets = new WeakMap<Fetch, WeakMap<SchedulerLike, Map<string, Budget>>>()

/** The budget of all who ask this endpoint, by this `fetch` and in this time: made for the first of them. */
export const sharedBudget = ({ endpoint, weightPerMinute, fetch, scheduler }: BudgetShare): Budget => {
  const byScheduler = budgets.get(fetch) ?? new WeakMap<SchedulerLike, Map<string, Budget>>()
  budgets.set(fetch, byScheduler)
  const byEndpoint = byScheduler.get(scheduler) ?? new Map<string, Budget>()
  byScheduler.set(scheduler, byEndpoint)
  const name = `${endpoint} ${weightPerMinute}`
  const budget = byEndpoint.get(name) ?? createBudget({ weightPerMinute, scheduler })
  byEndpoint.set(name, budget)
  return budget
}
