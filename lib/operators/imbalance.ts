import type { OperatorFunction } from 'rxjs'
import { BookReader } from '../book/BookReader.js'
import type { Decimal } from '../codecs/Decimal.js'
import { add, fullText, subtract, zero, type ExactDecimal } from '../codecs/ExactDecimal.js'
import { sumOf } from '../codecs/wholeSums.js'
import type { BookState } from './BookState.js'
import { ofBook, type BookMoment } from './ofBook.js'

/** How much more is bid than asked. */
export interface Imbalance extends BookMoment {
  /** What is bid at the best levels together, exact, in the base asset. */
  readonly bidQuantity: Decimal
  /** What is asked at the best levels together, exact, in the base asset. */
  readonly askQuantity: Decimal
  /** Their difference as a part of their sum: 1 where there are bids only, -1 where there are asks only, 0 where none. */
  readonly imbalance: number
}

/**
 * How much is bid and asked at the best `levels` of each side of a synced book, and how much more the one is than the
 * other, whenever that changes; `undefined`, once, when sync is lost.
 *
 * ```
 * states        --s---S1--S1--S2--g---S2--|
 * imbalance(5)  ------1-------2---u---2---|
 * ```
 *
 * Completes and errors with the source. Unsubscribing unsubscribes from the source.
 *
 * ```ts
 * client.book('btcusdt').pipe(imbalance(5)).subscribe((now) => show(now?.imbalance ?? 0))
 * ```
 *
 * @throws RangeError when `levels` is not a whole number from 1 on.
 */
export const imbalance = (levels: number): OperatorFunction<BookState, Imbalance | undefined> => {
  if (!Number.isSafeInteger(levels) || levels < 1)
    throw new RangeError(`imbalance takes a whole number of levels from 1 on, and got ${String(levels)}`)
  return ofBook(() => ({ book }) => {
    const total = (side: 'bids' | 'asks'): ExactDecimal => {
      const plain = BookReader.plainLevels(book, side, levels)
      if (plain === undefined)
        return BookReader.exactLevels(book, side, levels).reduce((sum, { quantity }) => add(sum, quantity), zero)
      return { units: sumOf(plain.quantities, plain.quantities.length), scale: plain.quantityScale }
    }
    const [bids, asks] = [total('bids'), total('asks')]
    const sum = add(bids, asks)
    const more = subtract(bids, asks)
    return {
      bidQuantity: fullText(bids),
      askQuantity: fullText(asks),
      imbalance: sum.units === 0n ? 0 : Number(more.units) / Number(sum.units),
    }
  })
}
