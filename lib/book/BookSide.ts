import { compareDecimals } from '../codecs/compareDecimals.js'
import type { Decimal } from '../codecs/Decimal.js'
import { Chunk } from './Chunk.js'
import { isZero } from './isZero.js'
import type { BookLevel } from './OrderBook.js'

/** The most levels in a chunk: what a change moves at worst. */
export const MOST = 128
/** A chunk with fewer levels joins the next one, where both have room in one. */
export const FEW = 32

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

  /** Sets the quantity of a price; zero removes its level, if there is one. */
  set(price: Decimal, quantity: Decimal): void {
    const key = this.#direction * Number(price)
    const index = this.#chunkOf(key, price)
    const chunk = this.#chunk(index)
    const at = this.#placeIn(chunk, key, price)
    const found = this.#holds(chunk, at, key, price)
    if (isZero(quantity)) {
      if (found) this.#remove(index, at)
    } else if (found) chunk.replace(at, price, quantity)
    else this.#insert(index, at, key, price, quantity)
  }

  /** The best level: the same object until it changes. */
  get best(): BookLevel | undefined {
    const first = this.#chunk(0)
    if (this.#best?.price !== first.prices[0] || this.#best?.quantity !== first.quantities[0])
      this.#best = first.level(0)
    return this.#best
  }

  get size(): number {
    return this.chunks.reduce((size, chunk) => size + chunk.size, 0)
  }

  /** The quantity of one price. */
  quantityAt(price: Decimal): Decimal | undefined {
    const key = this.#direction * Number(price)
    const chunk = this.#chunk(this.#chunkOf(key, price))
    const at = this.#placeIn(chunk, key, price)
    return this.#holds(chunk, at, key, price) ? chunk.quantities[at] : undefined
  }

  /** The levels, at most `depth` of them, best first. */
  *levels(depth = Infinity): Generator<BookLevel, void, undefined> {
    let left = depth
    for (const { prices, quantities } of this.chunks)
      for (const [at, price] of prices.entries()) {
        if (left <= 0) return
        left--
        // The arrays are parallel.
        yield { price, quantity: quantities[at] as Decimal }
      }
  }

  #insert(index: number, at: number, key: number, price: Decimal, quantity: Decimal): void {
    const chunk = this.#chunk(index)
    chunk.insert(at, key, price, quantity)
    if (chunk.size > MOST) this.chunks.splice(index + 1, 0, chunk.split(MOST / 2))
  }

  #remove(index: number, at: number): void {
    const chunk = this.#chunk(index)
    chunk.remove(at)
    const next = this.chunks[index + 1]
    if (next !== undefined && chunk.size < FEW && chunk.size + next.size <= MOST) {
      chunk.absorb(next)
      this.chunks.splice(index + 1, 1)
    }
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
      if (this.#order(chunk, chunk.size - 1, key, price) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Where in its chunk the price is, or belongs. */
  #placeIn(chunk: Chunk, key: number, price: Decimal): number {
    let low = 0
    let high = chunk.size
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#order(chunk, middle, key, price) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  #holds(chunk: Chunk, at: number, key: number, price: Decimal): boolean {
    return chunk.keys[at] === key && compareDecimals(chunk.prices[at] as Decimal, price) === 0
  }

  /** Negative where the level lies before the price, 0 where it is the same price. */
  #order(chunk: Chunk, at: number, key: number, price: Decimal): number {
    // Asked only for levels that are there.
    const there = chunk.keys[at] as number
    if (there !== key) return there < key ? -1 : 1
    return this.#direction * compareDecimals(chunk.prices[at] as Decimal, price)
  }
}
