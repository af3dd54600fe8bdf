import { LevelsView } from '../codecs/LevelsView.js'

/** What Jest and Vitest give a tester. */
interface Tester {
  readonly equals: (a: unknown, b: unknown) => boolean
}

/**
 * Compares the levels of an event with the array that they stand for; says nothing of other values. For Jest and Vitest,
 * once in a setup file; elsewhere spread the levels before they are compared.
 *
 * ```ts
 * expect.addEqualityTesters([equalLevels])
 * expect(update).toEqual({ ...others, bids: [['61686.00', '2.29']], asks: [] })
 * ```
 */
export function equalLevels(this: Tester, a: unknown, b: unknown): boolean | undefined {
  if (!(a instanceof LevelsView || b instanceof LevelsView)) return undefined
  return this.equals(plain(a), plain(b))
}

const plain = (value: unknown): unknown => (value instanceof LevelsView ? value.toJSON() : value)
