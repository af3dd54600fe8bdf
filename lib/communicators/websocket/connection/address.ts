import type { Dialect } from '../../../venues/Dialect.js'

/** Where to connect, and which of the wanted streams are asked for by that alone. */
export interface Address {
  readonly url: string
  readonly carried: readonly string[]
}

/** Longer request lines are refused by some proxies. */
export const MAX_URL = 4_000

/** Puts as many names into the address as fit, in their order: at most `most`, and `MAX_URL` characters. */
export const address = (endpoint: string, { path }: Dialect, names: Iterable<string>, most: number): Address => {
  if (path === undefined) return { url: endpoint, carried: [] }
  const url = (carried: readonly string[]) => endpoint + path(carried)
  const all = [...names].slice(0, Math.max(0, most))
  let fits = 0
  let tooMany = all.length + 1
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >>> 1
    if (url(all.slice(0, middle)).length <= MAX_URL) fits = middle
    else tooMany = middle
  }
  const carried = all.slice(0, fits)
  return { url: url(carried), carried }
}
