import type { Labels, Sample } from './Snapshot.js'

/** Counters that differ in their labels, each there from its first count on. */
export interface Counts {
  readonly add: (labels: Labels) => void
  readonly read: () => readonly Sample[]
}

/** `common` labels stand before those of each. */
export const createCounts = (common: Labels): Counts => {
  const counts = new Map<string, { readonly labels: Labels; value: number }>()
  return {
    add: (labels) => {
      const key = Object.values(labels).join('\n')
      const known = counts.get(key)
      if (known === undefined) counts.set(key, { labels: { ...common, ...labels }, value: 1 })
      else known.value++
    },
    read: () => [...counts.values()].map(({ labels, value }) => ({ labels, value })),
  }
}
