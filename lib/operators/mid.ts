import type { OperatorFunction } from 'rxjs'
import type { Decimal } from '../codecs/Decimal.js'
import { add, decimalText, exact, multiply } from '../codecs/ExactDecimal.js'
import type { BookState } from './BookState.js'
import { ofTop, type BookMoment } from './ofBook.js'

/** Halfway between the best bid and the best ask. */
export interface Mid extends BookMoment {
  /** Exact, with the digits of the prices, or one more where it needs it; `undefined` where a side is empty. */
  readonly mid: Decimal | undefined
}

const half = exact('0.5')

/**
 * The price halfway between the best bid and ask of a synced book, whenever it changes; `undefined`, once, when sync is
 * lost.
 *
 * ```
 * states   --s---S1--S1--S2--g---S2--|
 * mid()    ------1-------2---u---2---|
 * ```
 *
 * Completes and errors with the source. Unsubscribing unsubscribes from the source.
 *
 * ```ts
 * client.book('btcusdt').pipe(mid()).subscribe((now) => show(now?.mid ?? '…'))
 * ```
 */
export const mid = (): OperatorFunction<BookState, Mid | undefined> =>
  ofTop(({ bid, ask }) => {
    if (bid === undefined || ask === undefined) return { mid: undefined }
    const sum = add(exact(bid.price), exact(ask.price))
    return { mid: decimalText(multiply(sum, half), sum.scale) }
  })
