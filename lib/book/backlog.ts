interface Sized {
  readonly length: number
}

/** What a backlog looks at in an update: how many levels it changes. */
export interface Weighed {
  readonly bids?: Sized
  readonly asks?: Sized
}

/** The most levels in a backlog, some 30 MB: where updates are large there may be fewer of them than may be kept. */
export const MOST_LEVELS = 200_000

/**
 * Updates in a row, oldest first: those of `all` from `from` up to `to`. A backlog never changes. What is appended to it
 * goes into the same array, behind what it looks at, so that it costs the same however many wait; where something stands
 * there already, and where more of the array is let go than looked at, what is looked at is copied first.
 */
export interface Backlog<U> {
  readonly all: U[]
  readonly from: number
  readonly to: number
  readonly levels: number
}

const levelsOf = ({ bids, asks }: Weighed): number => (bids?.length ?? 0) + (asks?.length ?? 0)

/** A backlog of these, however many. */
export const backlogOf = <U extends Weighed>(updates: readonly U[]): Backlog<U> => ({
  all: [...updates],
  from: 0,
  to: updates.length,
  levels: updates.reduce((sum, update) => sum + levelsOf(update), 0),
})

export const updatesIn = <U>({ all, from, to }: Backlog<U>): readonly U[] => all.slice(from, to)

/** The last that was appended; `undefined` where there is none. */
export const newestIn = <U>({ all, to }: Backlog<U>): U | undefined => all[to - 1]

/** With one more; the oldest go where that is more than `most`, or too many levels. The new one always stays. */
export const appended = <U extends Weighed>(backlog: Backlog<U>, update: U, most: number): Backlog<U> => {
  const { all, from, to } = backlog
  const isShared = all.length === to && 2 * from <= to
  const next = isShared ? all : all.slice(from, to)
  next.push(update)
  const end = next.length
  let start = isShared ? from : 0
  let levels = backlog.levels + levelsOf(update)
  for (let oldest = next[start]; oldest !== undefined && oldest !== update; oldest = next[start]) {
    if (end - start <= most && levels <= MOST_LEVELS) break // F69
    levels -= levelsOf(oldest)
    start++
  }
  return { all: next, from: start, to: end, levels }
}
