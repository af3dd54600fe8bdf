import { aNumber, checked } from '../../codecs/checked.js'
/**
 * A source of chance that gives the same numbers for the same seed: the algorithm is mulberry32 (32 bits of state,
 * period 2^32), good enough for tests and simulations and for nothing secret.
 *
 * ```ts
 * const random = seeded(7)
 * random()   // 0.011…, the same in every run
 * ```
 *
 * @param seed Any number; only its lower 32 bits count.
 * @returns A function that gives the next number, at least 0 and below 1.
 */
export const seeded = checked('seeded', [aNumber('a seed, a number')], (seed: number): (() => number) => {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
})
