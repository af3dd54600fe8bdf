import type { OperatorFunction } from 'rxjs'
import type { Decimal } from '../codecs/Decimal.js'
import { exact, fullText, subtract } from '../codecs/ExactDecimal.js'
import type { BookState } from './BookState.js'
import { ofTop, type BookMoment } from './ofBook.js'

/** What lies between the best bid and the best ask. */
export interface Spread extends BookMoment {
  /** Best ask less best bid, exact, with the digits of the prices; `undefined` where a side is empty. */
  readonly spread: Decimal | undefined
}

/**
 * The best ask less the best bid of a synced book, whenever that changes; `undefined`, once, when sync is lost.
 *
 * ```
 * states    --s---S1--S1--S2--g---S2--|
 * spread()  ------1-------2---u---2---|
 * ```
 *
 * Completes and errors with the source. Unsubscribing unsubscribes from the source.
 *
 * ```ts
 * client.book('btcusdt').pipe(spread()).subscribe((now) => show(now?.spread ?? '…'))
 * ```
 */
export const spread = (): OperatorFunction<BookState, Spread | undefined> =>
  ofTop(({ bid, ask }) => {
    if (bid === undefined || ask === undefined) return { spread: undefined }
    return { spread: fullText(subtract(exact(ask.price), exact(bid.price))) }
  })
