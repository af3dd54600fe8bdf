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
    keys.push(key)
    levels.push(level)
    for (let to = keys.length - 1; to > at; to--) {
      // Both places are within the arrays.
      keys[to] = keys[to - 1] as number
      levels[to] = levels[to - 1] as Level
    }
    keys[at] = key
    levels[at] = level
  }

  remove(at: number): void {
    const { keys, levels } = this
    for (let from = at + 1; from < keys.length; from++) {
      // Both places are within the arrays.
      keys[from - 1] = keys[from] as number
      levels[from - 1] = levels[from] as Level
    }
    keys.pop()
    levels.pop()
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
