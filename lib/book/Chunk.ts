import type { Decimal } from '../codecs/Decimal.js'
import type { BookLevel } from './OrderBook.js'

/** Inserts without allocating, as `splice` would. */
const insert = <A>(items: (A | undefined)[], at: number, item: A): void => {
  items.push(item)
  for (let i = items.length - 1; i > at; i--) {
    items[i] = items[i - 1]
    items[i - 1] = item
  }
}

/** Removes without allocating. */
const remove = (items: unknown[], at: number): void => {
  let moved = items.pop()
  for (let i = items.length - 1; i >= at; i--) {
    const here = items[i]
    items[i] = moved
    moved = here
  }
}

/** Neighbouring levels of one side of a book, best first, in parallel arrays. */
export class Chunk {
  constructor(
    /** Prices as numbers, ascending: negated on the bid side. */
    readonly keys: number[] = [],
    readonly prices: Decimal[] = [],
    readonly quantities: Decimal[] = [],
  ) {}

  get size(): number {
    return this.keys.length
  }

  level(at: number): BookLevel | undefined {
    const price = this.prices[at]
    // The arrays are parallel.
    return price === undefined ? undefined : { price, quantity: this.quantities[at] as Decimal }
  }

  insert(at: number, key: number, price: Decimal, quantity: Decimal): void {
    insert(this.keys, at, key)
    insert(this.prices, at, price)
    insert(this.quantities, at, quantity)
  }

  /** Changes the quantity; the price keeps its value and takes its latest text. */
  replace(at: number, price: Decimal, quantity: Decimal): void {
    this.prices[at] = price
    this.quantities[at] = quantity
  }

  remove(at: number): void {
    remove(this.keys, at)
    remove(this.prices, at)
    remove(this.quantities, at)
  }

  /** Cuts off everything from `at` on. */
  split(at: number): Chunk {
    return new Chunk(this.keys.splice(at), this.prices.splice(at), this.quantities.splice(at))
  }

  /** Takes over the levels of the next chunk. */
  absorb(next: Chunk): void {
    this.keys.push(...next.keys)
    this.prices.push(...next.prices)
    this.quantities.push(...next.quantities)
  }
}
