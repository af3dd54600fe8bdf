/** Follows how far a consumer is behind, and says when that is news. */
export interface Lag {
  /** A message came, and so many are behind it: gives what is to be told. */
  readonly at: (pending: number) => number | undefined
  /** How many were behind the last one. */
  readonly behind: () => number
}

/**
 * News is that reading begins behind, that it is further behind than `most`, and each time twice as far, and that all was
 * read.
 */
export const createLag = (most: number, begunBehind = 0): Lag => {
  let behind = begunBehind
  let next = begunBehind > 0 ? 1 : most + 1
  let isTold = begunBehind > 0
  return {
    at: (pending) => {
      behind = pending
      if (pending === 0) {
        const wasTold = isTold
        isTold = false
        next = most + 1
        return wasTold ? 0 : undefined
      }
      if (pending < next) return undefined
      next = pending * 2
      isTold = true
      return pending
    },
    behind: () => behind,
  }
}
