import type { OperatorFunction } from 'rxjs'
import { BookReader } from '../book/BookReader.js'
import type { OrderBook } from '../book/OrderBook.js'
import { anObject, checked } from '../codecs/checked.js'
import type { Decimal } from '../codecs/Decimal.js'
import { add, amountText, compare, exact, fullText, multiply } from '../codecs/ExactDecimal.js'
import { positive, subtract, zero, zeroOf, type ExactDecimal } from '../codecs/ExactDecimal.js'
import type { BookState } from './BookState.js'
import { ofBook, type BookMoment } from './ofBook.js'

/** How far from the middle of the book. */
export type DepthWithinConfig =
  | {
      /** In the quote asset, as a text: `'50.00'`. */
      readonly distance: Decimal
    }
  | {
      /** As a part of the middle, in hundredths of a per cent, as a text: `'10'` is a thousandth. */
      readonly basisPoints: Decimal
    }

/** What lies within a distance of the middle; exact. */
export interface DepthWithin extends BookMoment {
  /** What is bid there, in the base asset. */
  readonly bidQuantity: Decimal
  /** The same in the quote asset: price times quantity. */
  readonly bidAmount: Decimal
  /** At how many prices. */
  readonly bidLevels: number
  /** What is asked there, in the base asset. */
  readonly askQuantity: Decimal
  /** The same in the quote asset. */
  readonly askAmount: Decimal
  /** At how many prices. */
  readonly askLevels: number
}

/** So many levels are read first; where all of them lie within the distance, twice as many. */
const FEW = 16
const half = exact('0.5')
const basisPoint = exact('0.0001')

/**
 * What is bid and asked within a distance of the middle between best bid and ask of a synced book, levels at just that
 * distance included, whenever it changes; `undefined`, once, when sync is lost. Where a side is empty nothing lies within
 * any distance.
 *
 * ```
 * states           --s---S1--S1--S2--g---S2--|
 * depthWithin({…}) ------1-------2---u---2---|
 * ```
 *
 * Completes and errors with the source. Unsubscribing unsubscribes from the source.
 *
 * ```ts
 * client.book('btcusdt').pipe(depthWithin({ basisPoints: '10' })).subscribe((now) => show(now?.bidAmount, now?.askAmount))
 * ```
 *
 * @throws TypeError when neither a `distance` nor `basisPoints` above 0 are given as a text.
 */
export const depthWithin = checked(
  'depthWithin',
  [anObject('a config { distance } or { basisPoints }')],
  (config: DepthWithinConfig): OperatorFunction<BookState, DepthWithin | undefined> => {
    const distanceFrom =
      'basisPoints' in config
        ? ofMiddle(multiply(positive('depthWithin: basisPoints', config.basisPoints), basisPoint))
        : always(positive('depthWithin: distance', config.distance))
    return ofBook(() => ({ book }) => {
      const { bestBid, bestAsk } = book
      if (bestBid === undefined || bestAsk === undefined) return nothing
      const middle = multiply(add(exact(bestBid.price), exact(bestAsk.price)), half)
      const distance = distanceFrom(middle)
      const [lowest, highest] = [subtract(middle, distance), add(middle, distance)]
      const bids = sumOf(book, 'bids', (price) => compare(price, lowest) >= 0)
      const asks = sumOf(book, 'asks', (price) => compare(price, highest) <= 0)
      return {
        ...{ bidQuantity: bids.quantity, bidAmount: bids.amount, bidLevels: bids.levels },
        ...{ askQuantity: asks.quantity, askAmount: asks.amount, askLevels: asks.levels },
      }
    })
  },
)

const always = (distance: ExactDecimal) => () => distance
const ofMiddle = (part: ExactDecimal) => (middle: ExactDecimal) => multiply(middle, part)

const nothing = {
  ...{ bidQuantity: '0', bidAmount: '0', bidLevels: 0 },
  ...{ askQuantity: '0', askAmount: '0', askLevels: 0 },
}

const sumOf = (book: OrderBook, side: 'bids' | 'asks', isWithin: (price: ExactDecimal) => boolean) => {
  for (let depth = FEW; ; depth *= 2) {
    const levels = BookReader.exactLevels(book, side, depth)
    const beyond = levels.findIndex(({ price }) => !isWithin(price))
    if (beyond < 0 && levels.length === depth) continue
    const within = beyond < 0 ? levels : levels.slice(0, beyond)
    // Nothing has the digits of the side's levels, too.
    const [{ price, quantity: best } = { price: zero, quantity: zero }] = levels
    const quantity = within.reduce((sum, level) => add(sum, level.quantity), zeroOf(best))
    const amount = within.reduce(
      (sum, level) => add(sum, multiply(level.price, level.quantity)),
      zeroOf(multiply(price, best)),
    )
    return { quantity: fullText(quantity), amount: amountText(amount), levels: within.length }
  }
}
