/** A table has at least so many slots. */
const LEAST = 64
/** No more of them are full, so that a search ends soon. */
const FULL = 0.7
/** By so much a full table grows. */
const GROWTH = 1.125

/** One number, and its two halves. */
const number = new Float64Array(1)
const halves = new Int32Array(number.buffer)

/**
 * Scatters numbers that differ in whatever bits over all whole ones of 32 bits: prices a tick apart, whole ones, and those
 * of any size.
 */
const scatter = (key: number): number => {
  number[0] = key
  // There are two halves.
  return Math.imul((halves[0] as number) ^ Math.imul(halves[1] as number, 0x85ebca6b), 0x9e3779b1) >>> 0
}

/** Whether a slot lies behind one and not behind another one, where the first follows the last. */
const isWithin = (slot: number, behind: number, last: number): boolean =>
  behind <= last ? slot > behind && slot <= last : slot > behind || slot <= last

/** One of so many whole numbers as a part of all. */
const PART = 2 ** -32

/**
 * Levels by the number that is their key, 17 bytes each, in a table with open addressing: a change costs the same in a
 * book of ten levels and of a hundred thousand.
 */
export class LevelTable {
  /** NaN where a slot is empty. */
  keys = new Float64Array(LEAST).fill(NaN)
  quantities = new Float64Array(LEAST)
  /** The digits behind the points of price and quantity, as `formOf` has them; 0 where a slot is empty. */
  forms = new Uint8Array(LEAST)
  size = 0

  /** The slot of a key, or the empty one where it belongs. */
  slotOf(key: number): number {
    const { keys } = this
    let slot = this.#begin(key)
    // Every slot is within the table, and one at least is empty.
    let there = keys[slot] as number
    while (there !== key && there === there) {
      if (++slot === keys.length) slot = 0
      there = keys[slot] as number
    }
    return slot
  }

  has(key: number): boolean {
    return this.keys[this.slotOf(key)] === key
  }

  /** Puts a level into the empty slot where its key belongs. */
  insert(slot: number, key: number, quantity: number, form: number): void {
    this.#set(slot, key, quantity, form)
    this.size++
    if (this.size > FULL * this.keys.length) this.#resize(Math.ceil(GROWTH * this.keys.length))
  }

  /** Makes room for so many levels at once, rather than again and again while they come. */
  reserve(count: number): void {
    const length = Math.ceil(count / FULL)
    if (length > this.keys.length) this.#resize(length)
  }

  /** Empties a slot, and moves into it what was put behind it because it was full. */
  remove(slot: number): void {
    const { keys, quantities, forms } = this
    const { length } = keys
    let empty = slot
    let next = slot
    for (;;) {
      if (++next === length) next = 0
      // Every slot is within the table.
      const key = keys[next] as number
      if (key !== key) break
      // It stays where its search does not come to the empty slot.
      if (isWithin(this.#begin(key), empty, next)) continue
      this.#set(empty, key, quantities[next] as number, forms[next] as number)
      empty = next
    }
    keys[empty] = NaN
    forms[empty] = 0
    this.size--
    if (length > LEAST && 4 * this.size < length) this.#resize(Math.max(LEAST, Math.ceil(length / 2)))
  }

  /** Where the search for a key begins. */
  #begin(key: number): number {
    return (scatter(key) * PART * this.keys.length) | 0
  }

  #set(slot: number, key: number, quantity: number, form: number): void {
    this.keys[slot] = key
    this.quantities[slot] = quantity
    this.forms[slot] = form
  }

  #resize(length: number): void {
    const { keys, quantities, forms } = this
    this.keys = new Float64Array(length).fill(NaN)
    this.quantities = new Float64Array(length)
    this.forms = new Uint8Array(length)
    // The arrays are of one length. An empty slot goes into an empty slot, and leaves it so.
    keys.forEach((key, slot) => this.#set(this.slotOf(key), key, quantities[slot] as number, forms[slot] as number))
  }
}
