import type { Decimal } from '../../codecs/Decimal.js'

/** How whole ticks and lots are written as decimals; all arithmetic of the market is whole. */
export interface Scale {
  /** A price in ticks. */
  readonly price: (ticks: number) => Decimal
  /** A quantity in lots. */
  readonly quantity: (lots: number) => Decimal
  /** Price times quantity, or a sum of such. */
  readonly amount: (tickLots: number) => Decimal
}

/** Ticks of 0.1 written with two digits, lots of 0.001, and amounts with both: Bitcoin's on futures. */
export const bitcoinScale: Scale = {
  price: (ticks) => (ticks / 10).toFixed(2),
  quantity: (lots) => (lots / 1000).toFixed(3),
  amount: (tickLots) => (tickLots / 10_000).toFixed(5),
}
