import { distinctUntilChanged, map, pipe, skip, startWith, type OperatorFunction } from 'rxjs'
import type { BookLevel } from '../book/OrderBook.js'
import type { BookState, TopOfBook } from './BookState.js'

const sameLevel = (a: BookLevel | undefined, b: BookLevel | undefined): boolean =>
  a?.price === b?.price && a?.quantity === b?.quantity

const sameTop = (a: TopOfBook | undefined, b: TopOfBook | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && sameLevel(a.bid, b.bid) && sameLevel(a.ask, b.ask))

/**
 * The best bid and ask of a synced book, whenever one of them changes in price or quantity; `undefined`, once, when
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
 * client.book('btcusdt').pipe(topOfBook()).subscribe((top) => show(top?.bid?.price ?? '…'))
 * ```
 */
export const topOfBook = (): OperatorFunction<BookState, TopOfBook | undefined> =>
  pipe(
    map((state) => (state._tag === 'Synced' ? state.top : undefined)),
    startWith(undefined),
    distinctUntilChanged(sameTop),
    skip(1),
  )
