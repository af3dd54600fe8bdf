/** What a depth rule looks at in an update. */
export interface DepthIds {
  /** The id of the first update in an event. */
  readonly firstUpdateId: number
  /** The id of the last update in an event. */
  readonly lastUpdateId: number
  /** The last id of the event before; absent where the venue does not say. */
  readonly previousUpdateId?: number
}

type Condition = (update: DepthIds, local: number) => boolean

/**
 * How a venue numbers its depth updates. `local` is the id of the local book: the snapshot's `lastUpdateId`, then the
 * last applied update's.
 */
export interface DepthRule {
  /** What it is called. */
  readonly name: string
  /** The book has it already, before any update was applied; from then on everything up to `local` is stale. */
  readonly stale: Condition
  /** It joins the snapshot. */
  readonly first: Condition
  /** It follows the last applied update. */
  readonly next: Condition
}

const upTo: Condition = ({ lastUpdateId: u }, local) => u <= local
const covers: Condition = ({ firstUpdateId: U, lastUpdateId: u }, local) => U <= local + 1 && local + 1 <= u
const reaches: Condition = ({ firstUpdateId: U, lastUpdateId: u }, local) => U <= local + 1 && u >= U // F20
const linked: Condition = ({ previousUpdateId: pu }, local) => pu === local // F22

/** Binance spot: ids run on without a hole; an overlap is applied, a gap is `U > local + 1`. */
export const contiguousIds: DepthRule = { name: 'contiguous ids', stale: upTo, first: covers, next: reaches }

/** Aster spot: `pu` is the link wherever it is present; without it, the ids run on. */
export const linkedOrContiguousIds: DepthRule = {
  name: 'linked or contiguous ids',
  stale: upTo,
  first: (update, local) =>
    update.previousUpdateId === undefined
      ? covers(update, local)
      : update.previousUpdateId <= local && local <= update.lastUpdateId,
  next: (update, local) => (update.previousUpdateId === undefined ? reaches : linked)(update, local),
}

/** Futures: `U` jumps, `pu` names the update before. */
export const linkedIds: DepthRule = {
  name: 'linked ids',
  stale: ({ lastUpdateId: u }, local) => u < local,
  first: (update, local) => (update.firstUpdateId <= local && local <= update.lastUpdateId) || linked(update, local),
  next: linked,
}
