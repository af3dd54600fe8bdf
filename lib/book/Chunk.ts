import type { Level } from '../codecs/Levels.js'

/** Neighbouring levels of one side of a book, best first. */
export class Chunk {
  constructor(
    /** Prices as numbers, ascending: negated on the bid side. */
    readonly keys: number[] = [],
    /** The levels as the venue sent them, parallel to the keys. */
    readonly levels: Level[] = [],
  ) {}

  get size(): number {
    return this.keys.length
  }

  /** Moves what lies behind by hand: `splice` allocates, and this is where most of a book's time goes. */
  insert(at: number, key: number, level: Level): void {
    const { keys, levels } = this
    let to = keys.length
    for (; to > at; to--) {
      // Both places are within the arrays.
      keys[to] = keys[to - 1] as number
      levels[to] = levels[to - 1] as Level
    }
    keys[to] = key
    levels[to] = level
  }

  remove(at: number): void {
    const { keys, levels } = this
    // There is something to remove.
    let key = keys.pop() as number
    let level = levels.pop() as Level
    for (let to = keys.length - 1; to >= at; to--) {
      // The place is within the arrays.
      const keyHere = keys[to] as number
      const levelHere = levels[to] as Level
      keys[to] = key
      levels[to] = level
      key = keyHere
      level = levelHere
    }
  }

  /** Cuts off everything from `at` on. */
  split(at: number): Chunk {
    return new Chunk(this.keys.splice(at), this.levels.splice(at))
  }

  /** Takes over the levels of the next chunk. */
  absorb(next: Chunk): void {
    this.keys.push(...next.keys)
    this.levels.push(...next.levels)
  }
}
