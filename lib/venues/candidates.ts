import { LONGEST_NAME } from './grammar.js'
import type { Venue } from './Venue.js'

const MOST = 3

const pairsOf = (text: string): ReadonlySet<string> =>
  new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2)))

/** How much of two texts is the same, by the pairs of characters that both have: 0 to 1. */
const likeness = (a: string, b: string): number => {
  const ofA = pairsOf(a)
  const ofB = pairsOf(b)
  const both = [...ofA].filter((pair) => ofB.has(pair)).length
  return (2 * both) / Math.max(1, ofA.size + ofB.size)
}

/** What stands before the first `@` is a symbol, but for the streams of all symbols, which begin with `!`. */
const endOf = (name: string): string =>
  (name.startsWith('!') || !name.includes('@') ? name : name.slice(name.indexOf('@'))).toLowerCase()

/** The streams of a venue whose names a wrong one is nearest to, as its documentation writes them, best first. */
export const candidates = ({ streams, account }: Venue, wrong: string): readonly string[] => {
  const end = endOf(wrong.slice(-LONGEST_NAME))
  return [...Object.values(streams), ...Object.values(account)]
    .flatMap(({ name, stream, retired }: { name?: string; stream?: string; retired?: string }) =>
      retired === undefined ? [name ?? stream ?? []].flat() : [],
    )
    .map((name) => ({ name, score: likeness(endOf(name.replace(/\[.*\]/, '')), end) }))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ name }) => name)
}
