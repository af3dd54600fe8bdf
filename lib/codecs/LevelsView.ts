import type { Decimal } from './Decimal.js'

/** One price level: `[price, quantity]`; in a change, quantity 0 removes the level. */
export type Level = readonly [price: Decimal, quantity: Decimal]

/** How many numbers a level takes. */
export const STRIDE = 3

/**
 * Price levels as numbers in memory of their own, for which the frame that they were read from need not stay. Their
 * texts are made when somebody asks for them.
 */
export class LevelsView implements Iterable<Level> {
  #levels: readonly Level[] | undefined

  /**
   * Price, quantity and form of each level, as `scanNumber` reads them. Deep comparisons of two views compare it, since
   * nothing else of a view can be enumerated.
   */
  constructor(readonly numbers: readonly number[]) {}

  get length(): number {
    return this.numbers.length / STRIDE
  }

  [Symbol.iterator](): Iterator<Level> {
    return this.toJSON()[Symbol.iterator]()
  }

  /** The array that it stands for. */
  toJSON(): readonly Level[] {
    return (this.#levels ??= Array.from({ length: this.length }, (_, i) => this.#level(i * STRIDE)))
  }

  /** What Node prints. */
  [Symbol.for('nodejs.util.inspect.custom')](): readonly Level[] {
    return this.toJSON()
  }

  #level(at: number): Level {
    // There are as many numbers as the length says.
    const [price, quantity, form] = this.numbers.slice(at, at + STRIDE) as [number, number, number]
    return [price.toFixed(priceScale(form)), quantity.toFixed(quantityScale(form))]
  }
}

/** The digits behind the points of both numbers of a level, as one number below 255. */
export const formOf = (price: number, quantity: number): number => (price << 4) | quantity
export const priceScale = (form: number): number => form >> 4
export const quantityScale = (form: number): number => form & 15
