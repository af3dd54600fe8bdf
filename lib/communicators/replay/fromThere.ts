import { UNTIMED, type Batch } from './Batch.js'
import type { Player } from './Player.js'
import type { Skipping } from './skipping.js'

/** One of those that play together. */
export interface Together {
  /** Up to which times all was read. */
  readonly ends: ReadonlySet<number>
  readonly skipped: Skipping | undefined
}

const part = ({ signals, times, of }: Batch, start: number, end?: number): Batch => ({
  signals: signals.slice(start, end),
  times: times.slice(start, end),
  ...(of !== undefined && { of: of.slice(start, end) }),
})

/**
 * Plays what is left to play: what is said again only where what it stands for was not read; and nothing that is skipped,
 * which goes elsewhere. All begin together, with the first of their signals that has a time and is played.
 */
export const fromThere = (player: Player, parts: readonly Together[]): Pick<Player, 'play' | 'drain'> => {
  let hasBegun = parts.every(({ skipped }) => skipped === undefined)

  /** Several files of one replay are merged, too. */
  const partOf = (of: number | undefined) => parts[parts.length === 1 ? 0 : (of ?? 0)]

  const begin = () => {
    if (!hasBegun) for (const { skipped } of parts) skipped?.end()
    hasBegun = true
  }

  /** What has no time, as a status about a file, is no beginning. */
  const playFirst = async (batch: Batch) => {
    const first = batch.times.findIndex((time) => time !== UNTIMED)
    await player.play(part(batch, 0, first < 0 ? undefined : first))
    if (first < 0) return
    begin()
    await player.play(part(batch, first))
  }

  const skip = ({ signals, times, of }: Batch) => {
    for (const [at, signal] of signals.entries()) partOf(of?.[at])?.skipped?.skip(signal, times[at] ?? UNTIMED)
  }

  return {
    play: (batch) => {
      const { kind, of } = batch
      const isSaidAgain = typeof kind === 'object'
      // What is said again at one place is of one file.
      if (isSaidAgain && kind.after !== undefined && partOf(of?.[0])?.ends.has(kind.after) === true) return // F65
      const isSkipped = kind === 'skipped' || (isSaidAgain && !hasBegun)
      if (!isSkipped) return hasBegun ? player.play(batch) : playFirst(batch)
      skip(batch) // F65
      return
    },
    drain: (ms) => {
      begin()
      return player.drain(ms)
    },
  }
}
