import { isAfter, isPast, type Position, type Said, type Sequenced } from './sequenced.js'

/** How many events are remembered. */
const MOST_REMEMBERED = 1_000

/** What was delivered of a stream, as far as it is remembered. */
export interface Delivered {
  readonly add: (said: Sequenced) => void
  /** Who said the same; `undefined` where that is not remembered. */
  readonly sourceOf: (said: Sequenced) => string | undefined
  /** It stands among what is forgotten: it is presumed to be a repeat. */
  readonly isPresumed: (said: Sequenced) => boolean
  /** What was delivered last comes after it. */
  readonly isPassed: (said: Sequenced) => boolean
  /** A source that has come so far repeats only what is remembered. */
  readonly isCovered: (position: Position) => boolean
  readonly last: () => Position | undefined
}

const isSame = (one: Position, first: Position | undefined) =>
  first !== undefined && !isAfter(one, first) && !isAfter(first, one)

const furthest = (one: Position | undefined, next: Position | undefined) =>
  one === undefined || (next !== undefined && isPast(next, one)) ? next : one

/** Begins with what one source said, in order; what was delivered before, from `first` on, is forgotten. */
export const createDelivered = (recent: readonly Sequenced<Said>[], first: Position | undefined): Delivered => {
  const remembered = new Map<string, Pick<Sequenced, 'source' | 'position'>>()
  let last: Position | undefined
  const [oldest, next] = recent.map(({ position }) => position)
  // Nothing before the first is forgotten; of two that changed places, one may be.
  let forgotten = oldest === undefined || isSame(oldest, first) ? undefined : furthest(oldest, next)

  const add = ({ identity, source, position }: Omit<Sequenced, 'message'>) => {
    remembered.set(identity, { source, position })
    last = position
    const [oldest] = remembered
    if (remembered.size <= MOST_REMEMBERED || oldest === undefined) return
    remembered.delete(oldest[0])
    forgotten = furthest(forgotten, oldest[1].position)
  }

  recent.forEach(add)
  // Where numbers have begun anew since then, nobody knows what was the first.
  const isAnew = first !== undefined && last !== undefined && isAfter(first, last)
  const isBefore = (position: Position) => first !== undefined && !isAnew && isAfter(first, position)

  return {
    add,
    sourceOf: ({ identity }) => remembered.get(identity)?.source,
    isPresumed: ({ position }) => forgotten !== undefined && !isPast(position, forgotten) && !isBefore(position),
    isPassed: ({ position }) => last !== undefined && isAfter(last, position),
    isCovered: (position) => forgotten === undefined || !isAfter(forgotten, position),
    last: () => last,
  }
}
