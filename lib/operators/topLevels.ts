import { distinctUntilChanged, map, pipe, skip, startWith, type OperatorFunction } from 'rxjs'
import type { BookLevel } from '../book/OrderBook.js'
import type { BookState } from './BookState.js'

/** The best levels of both sides at one moment, best first. */
export interface TopLevels {
  /** The highest price first. */
  readonly bids: readonly BookLevel[]
  /** The lowest price first. */
  readonly asks: readonly BookLevel[]
}

const sameLevels = (a: readonly BookLevel[], b: readonly BookLevel[]): boolean =>
  a.length === b.length && a.every(({ price, quantity }, i) => price === b[i]?.price && quantity === b[i].quantity)

const same = (a: TopLevels | undefined, b: TopLevels | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && sameLevels(a.bids, b.bids) && sameLevels(a.asks, b.asks))

/**
 * Copies of the best `depth` bids and asks of a synced book, whenever one of them changes; `undefined`, once, when
 * sync is lost.
 *
 * ```
 * states   --s---S1--S1--S2--g---S2--|
 *          ------1-------2---u---2---|
 * ```
 *
 * Completes and errors with the source. Unsubscribing unsubscribes from the source.
 *
 * ```ts
 * client.book('btcusdt').pipe(topLevels(5)).subscribe((top) => show(top?.bids, top?.asks))
 * ```
 *
 * @throws RangeError when `depth` is not a whole number from 1 on.
 */
export const topLevels = (depth: number): OperatorFunction<BookState, TopLevels | undefined> => {
  if (!Number.isSafeInteger(depth) || depth < 1)
    throw new RangeError(`topLevels takes a whole number of levels from 1 on, and got ${String(depth)}`)
  return pipe(
    map((state) =>
      state._tag === 'Synced' ? { bids: state.book.bids(depth), asks: state.book.asks(depth) } : undefined,
    ),
    startWith(undefined),
    distinctUntilChanged(same),
    skip(1),
  )
}
