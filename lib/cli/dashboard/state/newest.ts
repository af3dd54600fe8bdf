/** The last of many, newest first, and how many there have been. */
export interface Newest<A> {
  readonly items: readonly A[]
  readonly count: number
}

export const none: Newest<never> = { items: [], count: 0 }

/** With one more, of which so many are kept. */
export const withNewest =
  (most: number) =>
  <A>({ items, count }: Newest<A>, item: A): Newest<A> => ({
    items: [item, ...items.slice(0, most - 1)],
    count: count + 1,
  })

/** Those that came since there were `before`, as far as they are kept, newest first. */
export const since = <A>({ items, count }: Newest<A>, before: number): readonly A[] => items.slice(0, count - before)
