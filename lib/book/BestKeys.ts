/** So many are in order from the beginning, whoever asks. */
const FEW = 32
/** Where more are asked for, all are sorted, and not kept so. */
const MANY = 256

/** All keys of one side of a book, each once, and NaN where there is none. */
interface Keys {
  readonly keys: Float64Array
  readonly size: number
}

/**
 * The highest keys of a side in order, the highest last, so that what happens near the best of a book moves little. The
 * others are looked at when these are used up: at least as many as the square root of all are found then, so that even
 * who always takes the best away pays no more than that root each time.
 */
export class BestKeys {
  readonly #all: Keys
  #sorted = new Float64Array(2 * FEW)
  #count = 0
  /** Every key above it is among the sorted, and no other. */
  #floor = -Infinity
  /** The most that anybody asked for. */
  #wanted = FEW

  constructor(all: Keys) {
    this.#all = all
  }

  /** The highest key; -Infinity where there is none. */
  get best(): number {
    if (this.#count === 0) this.#refill()
    return this.#count === 0 ? -Infinity : (this.#sorted[this.#count - 1] as number)
  }

  /** The highest keys, at most `depth` of them, the highest last; they stay until the next change. */
  highest(depth: number): Float64Array {
    const size = Math.min(depth, this.#all.size)
    if (size > MANY)
      return this.#all.keys
        .filter((key) => key === key)
        .sort()
        .slice(-size)
    if (size > this.#count) {
      this.#wanted = Math.max(this.#wanted, size)
      this.#refill()
    }
    return this.#sorted.subarray(this.#count - size, this.#count)
  }

  /** A key is new. */
  insert(key: number): void {
    if (key <= this.#floor) return
    const sorted = this.#sorted
    let at = this.#count++
    for (; at > 0; at--) {
      const lower = sorted[at - 1] as number
      if (Math.max(lower, key) === key) break
      sorted[at] = lower
    }
    sorted[at] = key
    if (this.#count === sorted.length) this.#halve()
  }

  /** A key is gone. */
  remove(key: number): void {
    if (key <= this.#floor) return
    const sorted = this.#sorted
    let moved = sorted[--this.#count] as number
    for (let at = this.#count; moved !== key;) {
      at--
      const here = sorted[at] as number
      sorted[at] = moved
      moved = here
    }
  }

  /** Leaves the lower half to the others. */
  #halve(): void {
    const half = this.#sorted.length / 2
    this.#floor = this.#sorted[half - 1] as number
    this.#sorted.copyWithin(0, half)
    this.#count = half
  }

  #refill(): void {
    const { keys, size } = this.#all
    this.#sorted = new Float64Array(2 * Math.max(this.#wanted, Math.ceil(Math.sqrt(size))))
    this.#count = 0
    this.#floor = -Infinity
    for (let slot = 0; slot < keys.length; slot++) {
      const key = keys[slot] as number
      if (key === key) this.insert(key)
    }
  }
}
