/** FNV-1a of 32 bits over the UTF-8 of a text: the same in every process, of whatever language. */
const hash = (text: string): number => {
  let value = 0x811c9dc5
  for (const byte of utf8.encode(text)) value = Math.imul(value ^ byte, 0x01000193)
  return value >>> 0
}

const utf8 = new TextEncoder()

/** Of which partition a symbol is, as names of streams write it; of `count` from 0 on. */
export const partitionOf = (symbol: string, count: number): number => hash(symbol) % count

/**
 * Who of a group works at which partition: the same for all who know the same members. All have as many, or one less,
 * and when one comes or goes, most partitions stay where they are.
 */
export const assigned = (partitions: number, members: readonly string[]): readonly string[] => {
  const load = new Map([...new Set(members)].sort().map((member) => [member, 0]))
  const least = Math.floor(partitions / load.size)
  let larger = partitions % load.size
  return Array.from({ length: load.size === 0 ? 0 : partitions }, (_, partition) => {
    const weight = (member: string) => hash(`${member} ${partition}`)
    const mayTake = ([, has]: readonly [string, number]) => has < least || (has === least && larger > 0)
    const [best = ''] = [...load]
      .filter(mayTake)
      .map(([member]) => member)
      .sort((a, b) => weight(b) - weight(a))
    const has = load.get(best) ?? 0
    if (has === least) larger--
    load.set(best, has + 1)
    return best
  })
}
