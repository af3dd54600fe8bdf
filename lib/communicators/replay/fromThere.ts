import { UNTIMED, type Batch } from './Batch.js'
import type { Player } from './Player.js'
import type { Skipping } from './skipping.js'

const part = ({ signals, times }: Batch, start: number, end?: number): Batch => ({
  signals: signals.slice(start, end),
  times: times.slice(start, end),
})

/**
 * Plays what is left to play: what is said again only where what it stands for was not read, of which `ends` tells up to
 * which times all was; and nothing that is skipped, which goes elsewhere.
 */
export const fromThere = (
  player: Player,
  ends: ReadonlySet<number>,
  skipped: Skipping | undefined,
): Pick<Player, 'play' | 'drain'> => {
  let hasBegun = skipped === undefined

  const begin = () => {
    if (!hasBegun) skipped?.end()
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

  return {
    play: (batch) => {
      const { kind } = batch
      const isSaidAgain = typeof kind === 'object'
      if (isSaidAgain && kind.after !== undefined && ends.has(kind.after)) return // F65
      const isSkipped = kind === 'skipped' || (isSaidAgain && !hasBegun)
      if (!isSkipped) return hasBegun ? player.play(batch) : playFirst(batch)
      skipped?.skip(batch) // F65
      return
    },
    drain: (ms) => {
      begin()
      return player.drain(ms)
    },
  }
}
