import type { OperatorFunction } from 'rxjs'
import { BookReader } from '../book/BookReader.js'
import type { PlainLevels } from '../book/BookSide.js'
import type { OrderBook } from '../book/OrderBook.js'
import { anObject, checked } from '../codecs/checked.js'
import type { Decimal } from '../codecs/Decimal.js'
import { add, amountText, compare, divide, exact, fullText, multiply } from '../codecs/ExactDecimal.js'
import { positive, subtract, zero, zeroOf, type ExactDecimal } from '../codecs/ExactDecimal.js'
import { sumOf, sumOfProducts } from '../codecs/wholeSums.js'
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

/** So many levels more are read than lay within the distance before. */
const FEW = 16
const one = exact('1')
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
    return ofBook(() => {
      const [sumOfBids, sumOfAsks] = [summing('bids'), summing('asks')]
      return ({ book }) => {
        const { bestBid, bestAsk } = book
        if (bestBid === undefined || bestAsk === undefined) return nothing
        const middle = multiply(add(exact(bestBid.price), exact(bestAsk.price)), half)
        const distance = distanceFrom(middle)
        const bids = sumOfBids(book, subtract(middle, distance))
        const asks = sumOfAsks(book, add(middle, distance))
        return {
          ...{ bidQuantity: bids.quantity, bidAmount: bids.amount, bidLevels: bids.levels },
          ...{ askQuantity: asks.quantity, askAmount: asks.amount, askLevels: asks.levels },
        }
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

/** What lies within a distance on one side. */
interface SideWithin {
  readonly quantity: Decimal
  readonly amount: Decimal
  readonly levels: number
}

/** Sums up a side; it reads a few levels more than lay within last, and all over again where these are not enough. */
const summing = (side: 'bids' | 'asks') => {
  let last = 0
  return (book: OrderBook, bound: ExactDecimal): SideWithin => {
    for (let depth = last + FEW; ; depth *= 2) {
      const plain = BookReader.plainLevels(book, side, depth)
      const [sum, read] =
        plain === undefined ? exactSum(book, side, bound, depth) : [plainSum(plain, side, bound), plain.prices.length]
      if (sum.levels === depth && read === depth) continue
      last = sum.levels
      return sum
    }
  }
}

const isWithin = (side: 'bids' | 'asks', price: ExactDecimal, bound: ExactDecimal): boolean =>
  side === 'bids' ? compare(price, bound) >= 0 : compare(price, bound) <= 0

const exactSum = (book: OrderBook, side: 'bids' | 'asks', bound: ExactDecimal, depth: number) => {
  const all = BookReader.exactLevels(book, side, depth)
  const beyond = all.findIndex(({ price }) => !isWithin(side, price, bound))
  const within = beyond < 0 ? all : all.slice(0, beyond)
  // Nothing has the digits of the side's levels, too.
  const [{ price, quantity: best } = { price: zero, quantity: zero }] = all
  const quantity = within.reduce((sum, level) => add(sum, level.quantity), zeroOf(best))
  const amount = within.reduce(
    (sum, level) => add(sum, multiply(level.price, level.quantity)),
    zeroOf(multiply(price, best)),
  )
  return [{ quantity: fullText(quantity), amount: amountText(amount), levels: within.length }, all.length] as const
}

const plainSum = (
  { prices, priceScale, quantities, quantityScale }: PlainLevels,
  side: 'bids' | 'asks',
  bound: ExactDecimal,
): SideWithin => {
  const cut = divide(bound, one, priceScale, 'down')
  // The whole number that is not beyond the bound, where digits were cut off.
  const isInside = isWithin(side, cut, bound)
  const last = Number(cut.units) + (isInside ? 0 : side === 'bids' ? 1 : -1)
  const beyond = prices.findIndex(side === 'bids' ? (price) => price < last : (price) => price > last)
  const levels = beyond < 0 ? prices.length : beyond
  const quantity = { units: sumOf(quantities, levels), scale: quantityScale }
  const amount = { units: sumOfProducts(prices, quantities, levels), scale: priceScale + quantityScale }
  return { quantity: fullText(quantity), amount: amountText(amount), levels }
}
