import { compareDecimals } from '../codecs/compareDecimals.js'
import type { Decimal } from '../codecs/Decimal.js'
import { flat } from '../codecs/flat.js'
import type { Levels } from '../codecs/Levels.js'
import { formOf, LevelsView, priceScale, quantityScale, STRIDE } from '../codecs/LevelsView.js'
import { cursor } from '../codecs/scan.js'
import { plainNumber } from '../codecs/scanNumber.js'
import { BestKeys } from './BestKeys.js'
import { isZero } from './isZero.js'
import { LevelTable } from './LevelTable.js'
import { LongLevels } from './LongLevels.js'
import type { BookLevel } from './OrderBook.js'

/** The form of a level that is kept as it was written, since no numbers give its texts back. */
const WRITTEN = 255

/** One side of an order book: its levels as numbers, of which the texts are made when somebody asks. */
export class BookSide {
  /** What makes a price its key: the higher the key, the better. */
  readonly #sign: 1 | -1
  readonly #table = new LevelTable()
  readonly #bestKeys = new BestKeys(this.#table)
  /** The levels that are kept as they were written, by key. */
  readonly #written = new Map<number, BookLevel>()
  readonly #long: LongLevels
  #best: BookLevel | undefined
  /** A key below it is of no level that is the best. */
  #bestKey = -Infinity
  #isBestKnown = true

  /** `direction` is 1 where the lowest price is the best, -1 where the highest is. */
  constructor(direction: 1 | -1) {
    this.#sign = direction === 1 ? -1 : 1
    this.#long = new LongLevels(direction)
  }

  /** Takes over levels; a quantity of zero removes the one of that price, if there is one. */
  apply(levels: Levels): void {
    if (!(levels instanceof LevelsView)) {
      for (const [price, quantity] of levels) this.#apply(price, quantity)
      return
    }
    const { numbers } = levels
    for (let at = 0; at < numbers.length; at += STRIDE)
      // There are three numbers of each level.
      this.#put(this.#keyOf(numbers[at] as number), numbers[at + 1] as number, numbers[at + 2] as number)
  }

  /** The best level: the same object until its price or quantity changes. */
  get best(): BookLevel | undefined {
    if (this.#isBestKnown) return this.#best
    const [level] = this.levels(1)
    if (level?.price !== this.#best?.price || level?.quantity !== this.#best?.quantity) this.#best = level
    this.#bestKey = this.#bestKeys.best
    this.#isBestKnown = true
    return this.#best
  }

  get size(): number {
    return this.#table.size + this.#long.size
  }

  /** The quantity of one price. */
  quantityAt(price: Decimal): Decimal | undefined {
    const number = exactNumber(price)
    if (number === undefined) return this.#long.quantityAt(price)
    const key = this.#keyOf(number)
    return this.#table.has(key) ? this.#level(key).quantity : undefined
  }

  /** The levels, at most `depth` of them, best first. */
  levels(depth = Infinity): BookLevel[] {
    const keys = this.#bestKeys.highest(depth)
    const levels: BookLevel[] = []
    // There are as many keys as the length says.
    for (let at = keys.length - 1; at >= 0; at--) levels.push(this.#level(keys[at] as number))
    return this.#long.among(levels).slice(0, depth)
  }

  #keyOf(price: number): number {
    // There is one zero.
    return this.#sign * price + 0
  }

  /** Takes over a level by its texts. */
  #apply(price: Decimal, quantity: Decimal): void {
    const priceNumber = plainNumber(price)
    const { scale } = cursor
    const quantityNumber = plainNumber(quantity)
    if (Number.isNaN(priceNumber) || Number.isNaN(quantityNumber)) this.#write(price, quantity)
    else this.#put(this.#keyOf(priceNumber), quantityNumber, formOf(scale, cursor.scale))
  }

  /** Takes over a level that has to be kept as it is written. */
  #write(price: Decimal, quantity: Decimal): void {
    const isGone = isZero(quantity)
    const level = { price: flat(price), quantity: flat(quantity) }
    const number = exactNumber(price)
    this.#isBestKnown = false
    if (number === undefined) return isGone ? this.#long.remove(price) : this.#long.set(level) // F29
    const key = this.#keyOf(number)
    this.#put(key, isGone ? 0 : 1, WRITTEN) // F29
    if (!isGone) this.#written.set(key, level)
  }

  #put(key: number, quantity: number, form: number): void {
    const table = this.#table
    if (key >= this.#bestKey) this.#isBestKnown = false
    const slot = table.slotOf(key)
    // What was written is let go, as if it had never been.
    if (table.forms[slot] === WRITTEN && this.#written.delete(key)) {
      this.#remove(slot, key)
      return this.#put(key, quantity, form)
    }
    const isThere = table.keys[slot] === key
    // F29
    if (quantity === 0) {
      if (isThere) this.#remove(slot, key)
    } else if (isThere) {
      table.quantities[slot] = quantity
      table.forms[slot] = form
    } else {
      table.insert(slot, key, quantity, form)
      this.#bestKeys.insert(key)
    }
  }

  #remove(slot: number, key: number): void {
    this.#table.remove(slot)
    this.#bestKeys.remove(key)
  }

  #level(key: number): BookLevel {
    const written = this.#written.get(key)
    if (written !== undefined) return { ...written }
    const { quantities, forms } = this.#table
    const slot = this.#table.slotOf(key)
    // The slot is within the table.
    const form = forms[slot] as number
    return {
      price: (this.#sign * key).toFixed(priceScale(form)),
      quantity: (quantities[slot] as number).toFixed(quantityScale(form)),
    }
  }
}

/** The number whose digits are all of a decimal's, however it is written; `undefined` where it has more. */
const exactNumber = (text: Decimal): number | undefined => {
  const number = Number(text)
  return compareDecimals(String(number), text) === 0 ? number : undefined
}
