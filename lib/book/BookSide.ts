import { compareAlike } from '../codecs/compareAlike.js'
import type { Decimal } from '../codecs/Decimal.js'
import { decimalNumber } from '../codecs/decimalNumber.js'
import { flat, isFlat } from '../codecs/flat.js'
import type { Level } from '../codecs/Levels.js'
import { Chunk } from './Chunk.js'
import { isZero } from './isZero.js'
import type { BookLevel } from './OrderBook.js'

/** The most levels in a chunk: what a change moves at worst. */
export const MOST = 64
/** A chunk with fewer levels joins the next one, where both have room in one. */
export const FEW = 16

/**
 * One side of an order book, best first: chunks of levels, found by two binary searches, so that a change costs much
 * the same in a book of 500 levels and of 5,000.
 */
export class BookSide {
  /** Never none; only where it is the last may one be empty. */
  readonly chunks: Chunk[] = [new Chunk()]
  readonly #direction: 1 | -1
  #best: BookLevel | undefined

  /** `direction` is 1 where the lowest price is the best, -1 where the highest is. */
  constructor(direction: 1 | -1) {
    this.#direction = direction
  }

  /** Takes over a level; a quantity of zero removes the one of that price, if there is one. */
  set(level: Level): void {
    const [price, quantity] = level
    const key = this.#direction * decimalNumber(price)
    const index = this.#chunkOf(key, price)
    const chunk = this.#chunk(index)
    const at = this.#placeIn(chunk, key, price)
    const found = this.#holds(chunk, at, key, price)
    // F29
    if (isZero(quantity)) {
      if (!found) return // F29
      this.#remove(index, at)
    } else if (found)
      replace(chunk.levels, at, level) // F29
    else this.#insert(index, at, key, lasting(level))
  }

  /** The best level: the same object until its price or quantity changes. */
  get best(): BookLevel | undefined {
    const level = this.#chunk(0).levels[0]
    if (level?.[0] !== this.#best?.price || level?.[1] !== this.#best?.quantity) this.#best = level && bookLevel(level)
    return this.#best
  }

  get size(): number {
    return this.chunks.reduce((size, chunk) => size + chunk.size, 0)
  }

  /** The quantity of one price. */
  quantityAt(price: Decimal): Decimal | undefined {
    const key = this.#direction * decimalNumber(price)
    const chunk = this.#chunk(this.#chunkOf(key, price))
    const at = this.#placeIn(chunk, key, price)
    return this.#holds(chunk, at, key, price) ? chunk.levels[at]?.[1] : undefined
  }

  /** The levels, at most `depth` of them, best first. */
  *levels(depth = Infinity): Generator<BookLevel, void, undefined> {
    let left = depth
    for (const { levels } of this.chunks)
      for (const level of levels) {
        if (left <= 0) return
        left--
        yield bookLevel(level)
      }
  }

  #insert(index: number, at: number, key: number, level: Level): void {
    const chunk = this.#chunk(index)
    chunk.insert(at, key, level)
    if (chunk.size > MOST) this.chunks.splice(index + 1, 0, chunk.split(MOST / 2))
  }

  #remove(index: number, at: number): void {
    const chunk = this.#chunk(index)
    chunk.remove(at)
    const next = this.chunks[index + 1]
    if (next !== undefined && chunk.size < FEW && chunk.size + next.size <= MOST)
      for (const joined of this.chunks.splice(index + 1, 1)) chunk.absorb(joined)
  }

  /** Every index that comes here was found by a search within the bounds. */
  #chunk(index: number): Chunk {
    return this.chunks[index] as Chunk
  }

  /** The first chunk that does not end before the price, or the last one. */
  #chunkOf(key: number, price: Decimal): number {
    let low = 0
    let high = this.chunks.length - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      const chunk = this.#chunk(middle)
      if (this.#isBefore(chunk, chunk.keys.length - 1, key, price)) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Where in its chunk the price is, or belongs. */
  #placeIn(chunk: Chunk, key: number, price: Decimal): number {
    let low = 0
    let high = chunk.keys.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#isBefore(chunk, middle, key, price)) low = middle + 1
      else high = middle
    }
    return low
  }

  #holds(chunk: Chunk, at: number, key: number, price: Decimal): boolean {
    return chunk.keys[at] === key && compareAlike(priceIn(chunk, at), price) === 0 // F29
  }

  #isBefore(chunk: Chunk, at: number, key: number, price: Decimal): boolean {
    // Asked only for levels that are there.
    const there = chunk.keys[at] as number
    return there < key || (there === key && this.#direction * compareAlike(priceIn(chunk, at), price) < 0)
  }
}

/** The level without its frame, which views of it would keep in memory for as long as it stays. */
const lasting = (level: Level): Level => {
  const [price, quantity] = level
  return isFlat(price) && isFlat(quantity) ? level : [flat(price), flat(quantity)]
}

/** The same price, with what is offered at it now. */
const replace = (levels: Level[], at: number, level: Level): void => {
  const [price, quantity] = level
  // Asked only for levels that are there.
  const there = levels[at] as Level
  // Prices of one number and one length are written alike. One that is no view stands in a level of the event, which
  // others have; any other level was made here, and may be changed.
  if (isFlat(price) || there[0].length !== price.length) levels[at] = lasting(level)
  else (there as [Decimal, Decimal])[1] = flat(quantity)
}

const bookLevel = ([price, quantity]: Level): BookLevel => ({ price, quantity })

/** Asked only for levels that are there. */
const priceIn = ({ levels }: Chunk, at: number): Decimal => (levels[at] as Level)[0]
