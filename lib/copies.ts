const KEY = Symbol.for('aster-rx.copies')

/** One in each copy of the library. */
const own = {}

/**
 * How many copies of the library are in use in this process, this one included. Two, of two versions or one for each
 * module format, share no budget, and the errors of one are no instances of the other's.
 */
export const countCopies = (): number => {
  const known: unknown = Reflect.get(globalThis, KEY)
  const copies = known instanceof Set ? known : new Set<unknown>()
  copies.add(own)
  Reflect.set(globalThis, KEY, copies)
  return copies.size
}
