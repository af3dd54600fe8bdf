/** The last of a growing list, oldest first. */
export interface Recent<A> {
  readonly add: (item: A) => void
  readonly all: () => readonly A[]
}

/** At least the last `count` are kept, at most twice as many. */
export const recent = <A>(count: number): Recent<A> => {
  const kept: A[] = []
  return {
    add: (item) => {
      kept.push(item)
      if (kept.length > 2 * count) kept.splice(0, count)
    },
    all: () => kept,
  }
}
