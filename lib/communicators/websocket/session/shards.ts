/** Which streams each connection carries, by the connection's number. */
export type Shards = ReadonlyMap<number, ReadonlySet<string>>

/**
 * Spreads the wanted streams over connections of at most `most` streams each. A stream stays where it is, new ones fill
 * the gaps in order, and a connection without streams is given up; a new one gets a number that was not used before.
 */
export const spread = (shards: Shards, wanted: ReadonlySet<string>, most: number): Shards => {
  const kept = [...shards].map(([id, names]) => [id, [...names].filter((name) => wanted.has(name))] as const)
  const placed = new Set(kept.flatMap(([, names]) => names))
  const added = [...wanted].filter((name) => !placed.has(name))
  const spread = kept
    .map(([id, names]) => [id, new Set([...names, ...added.splice(0, most - names.length)])] as const)
    .filter(([, names]) => names.size > 0)
  let next = Math.max(0, ...shards.keys())
  while (added.length > 0) spread.push([(next += 1), new Set(added.splice(0, most))])
  return new Map(spread)
}
