import type { OperatorFunction } from 'rxjs'
import type { Decimal } from '../codecs/Decimal.js'
import { add, decimalText, divide, exact, multiply } from '../codecs/ExactDecimal.js'
import type { BookState } from './BookState.js'
import { ofTop, type BookMoment } from './ofBook.js'

/** The price between the best bid and ask that lies nearer to the side on which less is offered. */
export interface Microprice extends BookMoment {
  /** With 4 digits more than the prices, rounded to the nearest; `undefined` where a side is empty. */
  readonly microprice: Decimal | undefined
}

/** A mean of prices has so many digits more than these. */
export const MEAN_DIGITS = 4

/**
 * The microprice of a synced book, whenever it changes: the best bid weighted by what is asked at the best ask, and the
 * best ask weighted by what is bid at the best bid; `undefined`, once, when sync is lost.
 *
 * ```
 * states        --s---S1--S1--S2--g---S2--|
 * microprice()  ------1-------2---u---2---|
 * ```
 *
 * Completes and errors with the source. Unsubscribing unsubscribes from the source.
 *
 * ```ts
 * client.book('btcusdt').pipe(microprice()).subscribe((now) => show(now?.microprice ?? '…'))
 * ```
 */
export const microprice = (): OperatorFunction<BookState, Microprice | undefined> =>
  ofTop(({ bid, ask }) => {
    if (bid === undefined || ask === undefined) return { microprice: undefined }
    const [bidPrice, bidQuantity] = [exact(bid.price), exact(bid.quantity)]
    const [askPrice, askQuantity] = [exact(ask.price), exact(ask.quantity)]
    const weighted = add(multiply(bidPrice, askQuantity), multiply(askPrice, bidQuantity))
    const digits = Math.max(bidPrice.scale, askPrice.scale) + MEAN_DIGITS
    return { microprice: decimalText(divide(weighted, add(bidQuantity, askQuantity), digits), digits) }
  })
