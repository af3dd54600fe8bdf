import type { Router } from '../../../venues/router.js'

/** What stands for all routes of a venue that has none. */
const ONLY: readonly string[] = ['']

/** The routes of a stream, the one at which it is asked for first. */
export const routesOf = (route: Router, name: string): readonly string[] => route(name)?.row.routes ?? ONLY

/** Streams by the routes at which they are asked for: those that are `silent` at the first of theirs at all of them. */
export const byRoute = (
  route: Router,
  names: Iterable<string>,
  silent: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlySet<string>> => {
  const asked = new Map<string, Set<string>>()
  for (const name of names)
    for (const at of routesOf(route, name).slice(0, silent.has(name) ? undefined : 1))
      asked.set(at, (asked.get(at) ?? new Set()).add(name))
  return asked
}
