import { defer, filter, map, type OperatorFunction } from 'rxjs'
import type { BookState, Synced, TopOfBook } from './BookState.js'

/** Of which book something is, and when it was so. */
export interface BookMoment {
  /** The market: `BTCUSDT`. */
  readonly symbol: string
  /** The venue's time of the last update in the book, ms since 1970 (UTC); `undefined` where it did not say. */
  readonly eventTime: number | undefined
  /** The id of the last update in the book. */
  readonly lastUpdateId: number
}

/** There is nothing to say. */
const unchanged = Symbol('unchanged')

/**
 * What is computed of a synced book, whenever it differs from what was said last, and `undefined`, once, when sync is
 * lost. `create` gives what computes it, for as long as the book is synced: the same object again says that nothing
 * changed.
 */
export const ofBook = <A extends object>(
  create: () => (state: Synced) => A,
  isSame: (a: A, b: A) => boolean = hasSameValues,
): OperatorFunction<BookState, (A & BookMoment) | undefined> => {
  const begin = () => {
    const compute = create()
    let last: A | undefined
    return (state: Synced) => {
      const value = compute(state)
      if (value === last || (last !== undefined && isSame(value, last))) return unchanged
      last = value
      const { symbol, eventTime, lastUpdateId } = state.book
      return { symbol, eventTime, lastUpdateId, ...value }
    }
  }
  return (source) =>
    defer(() => {
      let follow: ReturnType<typeof begin> | undefined
      return source.pipe(
        map((state) => {
          if (state._tag === 'Synced') return (follow ??= begin())(state)
          const wasSynced = follow !== undefined
          follow = undefined
          return wasSynced ? undefined : unchanged
        }),
        filter((value) => value !== unchanged),
      )
    })
}

/** The same of what the best bid and ask are, which is computed only where they changed. */
export const ofTop = <A extends object>(
  compute: (top: TopOfBook) => A,
): OperatorFunction<BookState, (A & BookMoment) | undefined> =>
  ofBook(() => {
    let last: TopOfBook | undefined
    let value: A
    return ({ top }) => {
      if (top !== last) value = compute(top)
      last = top
      return value
    }
  })

const hasSameValues = <A extends object>(a: A, b: A): boolean => {
  for (const key in a) if (a[key] !== b[key]) return false
  return true
}
