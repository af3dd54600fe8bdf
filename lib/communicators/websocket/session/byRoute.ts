import type { Router } from '../../../venues/router.js'
import { spread, type Shards } from './shards.js'

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

/** Which streams each connection carries, by its route and its number there. */
export type RoutedShards = ReadonlyMap<string, Shards>

/** Spreads what is asked for at each route over connections of that route. */
export const spreadByRoute = (
  shards: RoutedShards,
  asked: ReadonlyMap<string, ReadonlySet<string>>,
  most: number,
): RoutedShards => {
  const routes = new Set([...shards.keys(), ...asked.keys()])
  return new Map(
    Array.from(routes, (at) => [at, spread(shards.get(at) ?? new Map(), asked.get(at) ?? new Set(), most)]),
  )
}

/** The streams of a connection, and their route. */
interface Carried {
  readonly at: string
  readonly names: ReadonlySet<string>
}

/** What each connection carries, by its route and its number there. */
export const together = (shards: RoutedShards): ReadonlyMap<string, Carried> =>
  new Map([...shards].flatMap(([at, some]) => Array.from(some, ([n, names]) => [`${at} ${n}`, { at, names }] as const)))

/** The same where each stream has a connection of its own, by its route and its name. */
export const eachAlone = (asked: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, Carried> =>
  new Map(
    [...asked].flatMap(([at, names]) =>
      Array.from(names, (name) => [`${at} ${name}`, { at, names: new Set([name]) }] as const),
    ),
  )
