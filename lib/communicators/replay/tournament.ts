/** Which of several comes first: a tree of matches, where each round costs one match for each level. */
export interface Tournament {
  /** Whose time is the least: of equal ones the first. 0 where there is none. */
  readonly first: () => number
  /** The one that came first has another time now. */
  readonly play: (order: number, time: number) => void
}

/** Nobody was there yet. */
const NOBODY = -1

/** A tournament of those that have these times. */
export const createTournament = (starts: readonly number[]): Tournament => {
  const times = Float64Array.from(starts)
  /** Who lost each match: what is played at `2i` and `2i + 1` meets at `i`. */
  const losers = new Int32Array(times.length).fill(NOBODY)
  let first = 0

  const play = (order: number, start: number): void => {
    times[order] = start
    let winner = order
    let time = start
    for (let match = (order + losers.length) >> 1; match > 0; match >>= 1) {
      const loser = losers[match] ?? NOBODY
      if (loser === NOBODY) {
        losers[match] = winner
        return
      }
      const other = times[loser] ?? time
      if (time < other || (time === other && winner < loser)) continue
      losers[match] = winner
      winner = loser
      time = other
    }
    first = winner
  }

  starts.forEach((time, order) => play(order, time))
  return { first: () => first, play }
}
