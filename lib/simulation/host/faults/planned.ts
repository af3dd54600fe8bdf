/** What is to happen the next times that something is done. */
export interface Planned<A> {
  /** For the next `count` times, after all that was planned before. */
  readonly plan: (what: A, count?: number) => void
  /** What is planned for this time, if anything. */
  readonly take: () => A | undefined
  /** Nothing any more. */
  readonly clear: () => void
}

/** Nothing is planned at first. */
export const planned = <A>(): Planned<A> => {
  let plans: readonly { readonly what: A; readonly left: number }[] = []
  return {
    plan: (what, count = 1) => {
      if (count > 0) plans = [...plans, { what, left: count }]
    },
    take: () => {
      const [next, ...others] = plans
      if (next === undefined) return undefined
      plans = next.left > 1 ? [{ ...next, left: next.left - 1 }, ...others] : others
      return next.what
    },
    clear: () => {
      plans = []
    },
  }
}
