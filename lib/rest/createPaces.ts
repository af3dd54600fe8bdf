import type { SchedulerLike } from 'rxjs'
import type { RestPaths } from '../venues/RestTable.js'
import { budgetOf, type Budget } from './createBudget.js'

/** What the venue takes for a second, in ms: a little longer, since requests may bunch up on their way. */
const SECOND = 1_100

/** Says what the calls of a path are counted by, where the venue counts them apart from everything else. */
export const createPaces = (
  { listenKey }: RestPaths,
  scheduler: SchedulerLike,
): ((path: string) => { readonly pace?: Budget }) => {
  const { path: paced, perSecond } = listenKey ?? {}
  if (perSecond === undefined) return () => ({})
  const pace = budgetOf({ weight: perSecond, per: SECOND, scheduler })
  return (path) => (path === paced ? { pace } : {})
}
