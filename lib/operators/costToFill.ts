import type { OperatorFunction } from 'rxjs'
import { BookReader } from '../book/BookReader.js'
import type { ExactLevel } from '../book/BookSide.js'
import type { OrderBook } from '../book/OrderBook.js'
import { anObject, checked } from '../codecs/checked.js'
import type { Decimal } from '../codecs/Decimal.js'
import { add, amountText, compare, decimalText, divide, fullText, multiply } from '../codecs/ExactDecimal.js'
import { positive, subtract, zero, zeroOf, type ExactDecimal } from '../codecs/ExactDecimal.js'
import type { BookState } from './BookState.js'
import { MEAN_DIGITS } from './microprice.js'
import { ofBook, type BookMoment } from './ofBook.js'

/** What is to be bought at the asks, or sold at the bids. */
export type CostToFillConfig = { readonly side: 'buy' | 'sell' } & (
  | {
      /** So much of the base asset, as a text. */
      readonly quantity: Decimal
    }
  | {
      /** So much of the quote asset, as a text. */
      readonly amount: Decimal
    }
)

/** What a market order would bring, if the book were all that there is. */
export interface CostToFill extends BookMoment {
  /** How much of the base asset is filled; for an `amount` with the digits of the last level, rounded down. */
  readonly quantity: Decimal
  /** What that costs, or brings, in the quote asset; exact. */
  readonly amount: Decimal
  /** `amount` / `quantity`, with 4 digits more than the prices, rounded to the nearest; `undefined` where nothing is filled. */
  readonly price: Decimal | undefined
  /** The price of the last level that is reached; `undefined` where nothing is filled. */
  readonly worst: Decimal | undefined
  /** False where the book does not hold as much. */
  readonly isFilled: boolean
}

/** What was filled so far. */
interface Filled {
  readonly quantity: ExactDecimal
  readonly amount: ExactDecimal
  readonly worst?: ExactDecimal
}

/** So many levels more are read than were reached before; where they do not hold enough, twice as many. */
const FEW = 4

/**
 * The volume-weighted price and the cost to fill a quantity, or an amount, at once in a synced book, whenever one of them
 * changes; `undefined`, once, when sync is lost.
 *
 * ```
 * states          --s---S1--S1--S2--g---S2--|
 * costToFill({…}) ------1-------2---u---2---|
 * ```
 *
 * Fees are not in it. Completes and errors with the source. Unsubscribing unsubscribes from the source.
 *
 * ```ts
 * client.book('btcusdt').pipe(costToFill({ side: 'buy', quantity: '1.5' })).subscribe((now) => show(now?.price, now?.amount))
 * ```
 *
 * @throws TypeError when `side` is none, or neither a `quantity` nor an `amount` above 0 is given as a text.
 */
export const costToFill = checked(
  'costToFill',
  [anObject('a config { side, quantity }', ['side'])],
  (config: CostToFillConfig): OperatorFunction<BookState, CostToFill | undefined> => {
    const side = sideOf(config.side)
    const fill =
      'amount' in config
        ? fillAmount(positive('costToFill: amount', config.amount))
        : fillQuantity(positive('costToFill: quantity', config.quantity))
    return ofBook(() => {
      const filled = fill(side)
      return ({ book }) => shown(filled(book))
    })
  },
)

/** Buyers take asks. @throws TypeError where it is neither side. */
const sideOf = (side: unknown): 'bids' | 'asks' => {
  if (side === 'buy') return 'asks'
  if (side === 'sell') return 'bids'
  throw new TypeError(`costToFill: side: expected 'buy' or 'sell', came ${String(side)}`)
}

type Result = readonly [filled: Filled, isFilled: boolean]
type Fill = (side: 'bids' | 'asks') => (book: OrderBook) => Result

/** Goes through levels, best first, taking from each what is still wanted, until nothing is. */
const filling =
  (take: (level: ExactLevel, filled: Filled) => ExactDecimal, isDone: (filled: Filled) => boolean): Fill =>
  (side) => {
    let last = 0
    const through = (levels: readonly ExactLevel[]): Result => {
      let filled: Filled = { quantity: zero, amount: zero }
      for (const [i, level] of levels.entries()) {
        last = i + 1
        const quantity = add(take(level, filled), zeroOf(level.quantity))
        // What is left buys less than the smallest quantity.
        if (quantity.units === 0n) return [filled, true]
        const amount = add(filled.amount, multiply(level.price, quantity))
        filled = { quantity: add(filled.quantity, quantity), amount, worst: level.price }
        if (compare(quantity, level.quantity) < 0 || isDone(filled)) return [filled, true]
      }
      return [filled, false]
    }
    return (book) => {
      for (let depth = last + FEW; ; depth *= 2) {
        const levels = BookReader.exactLevels(book, side, depth)
        const result = through(levels)
        if (result[1] || levels.length < depth) return result
      }
    }
  }

const least = (a: ExactDecimal, b: ExactDecimal): ExactDecimal => (compare(a, b) < 0 ? a : b)

const fillQuantity = (wanted: ExactDecimal): Fill =>
  filling(
    ({ quantity }, filled) => least(quantity, subtract(wanted, filled.quantity)),
    ({ quantity }) => compare(quantity, wanted) === 0,
  )

const fillAmount = (wanted: ExactDecimal): Fill =>
  filling(
    ({ price, quantity }, filled) =>
      least(quantity, divide(subtract(wanted, filled.amount), price, quantity.scale, 'down')),
    ({ amount }) => compare(amount, wanted) === 0,
  )

const shown = ([{ quantity, amount, worst }, isFilled]: Result) => ({
  quantity: fullText(quantity),
  amount: amountText(amount),
  price: worst && meanText(amount, quantity, worst.scale + MEAN_DIGITS),
  worst: worst && fullText(worst),
  isFilled,
})

const meanText = (amount: ExactDecimal, quantity: ExactDecimal, digits: number) =>
  decimalText(divide(amount, quantity, digits), digits)
