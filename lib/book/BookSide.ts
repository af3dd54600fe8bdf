import { compareDecimals } from '../codecs/compareDecimals.js'
import type { Decimal } from '../codecs/Decimal.js'
import { exact, type ExactDecimal } from '../codecs/ExactDecimal.js'
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

/** One level as whole numbers, with the digits of its texts. */
export interface ExactLevel {
  readonly price: ExactDecimal
  readonly quantity: ExactDecimal
}

/** Levels as whole numbers below 10^15, all prices and all quantities with the same digits behind their points. */
export interface PlainLevels {
  readonly prices: readonly number[]
  readonly priceScale: number
  readonly quantities: readonly number[]
  readonly quantityScale: number
}

/** Numbers with so many digits behind their points as whole ones; `undefined` where these are too large to be exact. */
const wholes = (numbers: readonly number[], scale: number): readonly number[] | undefined => {
  const power = 10 ** scale
  const units = numbers.map((number) => Math.round(number * power))
  return units.every((one) => one < MOST_UNITS) ? units : undefined
}

/** Up to there the product of a number and a power of ten is off by less than a half. */
const MOST_UNITS = 1e15

/** The number of a plain decimal with so many digits behind its point, as that decimal. */
const exactly = (number: number, scale: number): ExactDecimal => {
  const units = Math.round(number * 10 ** scale)
  return units < MOST_UNITS ? { units: BigInt(units), scale } : exact(number.toFixed(scale))
}

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
  /** The form of its texts. No price has the scale that `WRITTEN` has. */
  #bestForm = WRITTEN
  #isBestKnown = true

  /** `direction` is 1 where the lowest price is the best, -1 where the highest is. */
  constructor(direction: 1 | -1) {
    this.#sign = direction === 1 ? -1 : 1
    this.#long = new LongLevels(direction)
  }

  /** Takes over levels; a quantity of zero removes the one of that price, if there is one. */
  apply(levels: Levels): void {
    if (this.#table.size === 0) this.#table.reserve(levels.length)
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
    const key = this.#bestKeys.best
    const slot = this.#table.slotOf(key)
    const isNumbered = key > -Infinity && this.#long.size === 0
    // The slot is within the table.
    const form = isNumbered ? (this.#table.forms[slot] as number) : WRITTEN
    const before = this.#best
    const isSamePrice = key === this.#bestKey && priceScale(form) === priceScale(this.#bestForm)
    const level =
      form === WRITTEN ? this.levels(1)[0] : this.#numbered(key, slot, isSamePrice ? before?.price : undefined)
    if (level?.price !== before?.price || level?.quantity !== before?.quantity) this.#best = level
    this.#bestKey = key
    this.#bestForm = form
    this.#isBestKnown = true
    return this.#best
  }

  /** The price of the best level, beyond all prices where there is none; NaN where a number does not hold it. */
  get bestNumber(): number {
    const isKnown = this.best === undefined || this.#long.size === 0
    return isKnown ? this.#sign * this.#bestKey : NaN
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

  /** The levels, at most `depth` of them, best first, without their texts where these are plain. */
  exactLevels(depth: number): readonly ExactLevel[] {
    if (this.#long.size > 0 || this.#written.size > 0)
      return this.levels(depth).map(({ price, quantity }) => ({ price: exact(price), quantity: exact(quantity) }))
    const { quantities, forms } = this.#table
    // There are as many keys as the length says, and their slots are within the table.
    return Array.from(this.#bestKeys.highest(depth), (key) => {
      const slot = this.#table.slotOf(key)
      const form = forms[slot] as number
      return {
        price: exactly(this.#sign * key, priceScale(form)),
        quantity: exactly(quantities[slot] as number, quantityScale(form)),
      }
    }).reverse()
  }

  /** The levels, at most `depth` of them, best first, where all are plain. */
  plainLevels(depth: number): PlainLevels | undefined {
    if (this.#long.size > 0 || this.#written.size > 0) return undefined
    const table = this.#table
    const keys = this.#bestKeys.highest(depth)
    const [prices, quantities]: [number[], number[]] = [[], []]
    let [ofPrices, ofQuantities] = [0, 0]
    // There are as many keys as the length says, and their slots are within the table.
    for (let at = keys.length - 1; at >= 0; at--) {
      const key = keys[at] as number
      const slot = table.slotOf(key)
      const form = table.forms[slot] as number
      prices.push(this.#sign * key)
      quantities.push(table.quantities[slot] as number)
      ofPrices = Math.max(ofPrices, priceScale(form))
      ofQuantities = Math.max(ofQuantities, quantityScale(form))
    }
    const [wholePrices, wholeQuantities] = [wholes(prices, ofPrices), wholes(quantities, ofQuantities)]
    if (wholePrices === undefined || wholeQuantities === undefined) return undefined
    return {
      ...{ prices: wholePrices, priceScale: ofPrices },
      ...{ quantities: wholeQuantities, quantityScale: ofQuantities },
    }
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
    const isThere = table.keys[slot] === key
    // What was written is let go, as if it had never been.
    if (isThere && table.forms[slot] === WRITTEN && this.#written.delete(key)) {
      this.#remove(slot, key)
      return this.#put(key, quantity, form)
    }
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
    return this.#numbered(key, this.#table.slotOf(key))
  }

  /** A level of numbers alone; `price` where its text is at hand. */
  #numbered(key: number, slot: number, price?: Decimal): BookLevel {
    const { quantities, forms } = this.#table
    // The slot is within the table.
    const form = forms[slot] as number
    return {
      price: price ?? (this.#sign * key).toFixed(priceScale(form)),
      quantity: (quantities[slot] as number).toFixed(quantityScale(form)),
    }
  }
}

/** The number whose digits are all of a decimal's, however it is written; `undefined` where it has more. */
const exactNumber = (text: Decimal): number | undefined => {
  const number = Number(text)
  return compareDecimals(String(number), text) === 0 ? number : undefined
}
