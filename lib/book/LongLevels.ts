import { compareDecimals } from '../codecs/compareDecimals.js'
import type { Decimal } from '../codecs/Decimal.js'
import type { BookLevel } from './OrderBook.js'

/** Levels of one side whose prices have more digits than a number, best first. No venue has them, so they are few. */
export class LongLevels {
  readonly #direction: 1 | -1
  readonly #levels: BookLevel[] = []

  constructor(direction: 1 | -1) {
    this.#direction = direction
  }

  get size(): number {
    return this.#levels.length
  }

  set(level: BookLevel): void {
    const at = this.#placeIn(this.#levels, level.price)
    this.#levels.splice(at, this.#isAt(at, level.price) ? 1 : 0, level)
  }

  remove(price: Decimal): void {
    const at = this.#placeIn(this.#levels, price)
    if (this.#isAt(at, price)) this.#levels.splice(at, 1)
  }

  quantityAt(price: Decimal): Decimal | undefined {
    const at = this.#placeIn(this.#levels, price)
    return this.#isAt(at, price) ? this.#levels[at]?.quantity : undefined
  }

  /** Puts all of them among others, which come best first. */
  among(others: BookLevel[]): BookLevel[] {
    for (const level of this.#levels) others.splice(this.#placeIn(others, level.price), 0, { ...level })
    return others
  }

  #isAt(at: number, price: Decimal): boolean {
    const level = this.#levels[at]
    return level !== undefined && compareDecimals(level.price, price) === 0
  }

  /** Where the price is, or belongs. */
  #placeIn(levels: readonly BookLevel[], price: Decimal): number {
    let low = 0
    let high = levels.length
    while (low < high) {
      const middle = (low + high) >>> 1
      // The place is within the list.
      const there = levels[middle] as BookLevel
      if (this.#direction * compareDecimals(there.price, price) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
