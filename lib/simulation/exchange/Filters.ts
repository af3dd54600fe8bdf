import { money, type Money } from './Money.js'
import type { Refusal } from './Refusal.js'

/** What orders have to keep to, beside the ticks and lots that they are made of. */
export interface Filters {
  /** In ticks. */
  readonly highestPrice: number
  /** In lots. */
  readonly largestQuantity: number
  /** In the quote asset. */
  readonly leastNotional: Money
  /** The price of a limit order is at most so many times that of the market, and at least this part of it. */
  readonly band: number
  /** The band holds buyers down and sellers up. Else each of them is held both ways. */
  readonly isBandOfSide: boolean
  /** So many orders of an account may be open. */
  readonly mostOrders: number
}

/** Those of spot markets. */
export const spotFilters: Filters = {
  highestPrice: 10_000_000,
  largestQuantity: 1_000_000,
  leastNotional: money('5') ?? 0n,
  band: 5,
  isBandOfSide: false,
  mostOrders: 200,
}

/** Those of futures. */
export const futuresFilters: Filters = { ...spotFilters, isBandOfSide: true }

/** What a request is held against. */
export interface Surroundings {
  /** The price of the market, in ticks: the middle between the best ones. */
  readonly mark: number
  /** The orders of the account that are open under the symbol. */
  readonly openOrders: number
  /** One tick times one lot, in the quote asset. */
  readonly tickLot: Money
}

/** What of a request is looked at. */
export interface FilteredRequest {
  readonly side: 'BUY' | 'SELL'
  /** In ticks; none for a market order. */
  readonly price?: number
  /** In lots. */
  readonly quantity: number
  readonly isReduceOnly: boolean
}

/** The filter that a request fails; `undefined` where it passes all. What only reduces a position may be small. */
export const failedFilter = (
  { highestPrice, largestQuantity, leastNotional, band, isBandOfSide, mostOrders }: Filters,
  { side, price, quantity, isReduceOnly }: FilteredRequest,
  { mark, openOrders, tickLot }: Surroundings,
): Refusal | undefined => {
  const isHeld = (by: FilteredRequest['side']) => !isBandOfSide || side === by
  if (quantity > largestQuantity) return { refusal: 'quantityTooHigh' }
  if (price !== undefined) {
    if (price > highestPrice) return { refusal: 'priceTooHigh' }
    if (isHeld('BUY') && price > mark * band) return { refusal: 'priceAboveBand' }
    if (isHeld('SELL') && price * band < mark) return { refusal: 'priceBelowBand' }
    if (openOrders >= mostOrders) return { refusal: 'tooManyOrders' }
  }
  // The mark may lie between two ticks.
  const doubled = BigInt(Math.round((price ?? mark) * 2)) * BigInt(quantity) * tickLot
  return !isReduceOnly && doubled < 2n * leastNotional ? { refusal: 'notionalTooLow' } : undefined
}
