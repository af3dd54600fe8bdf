import type { Level } from '../../codecs/Levels.js'
import type { DepthSnapshot } from '../../events/DepthSnapshot.js'
import type { LinkedDepthUpdate } from '../../events/DepthUpdate.js'
import type { Said } from './Said.js'

/** The depth streams of one symbol: differences and best levels, in every speed. */
export interface DepthSpeeds {
  /** What is due after one more tenth of a second, in which the book may have changed. */
  readonly tick: (update: LinkedDepthUpdate | undefined, snapshot: (limit: number) => DepthSnapshot) => readonly Said[]
}

const TENTH = 100
const speeds = [0, 100, 250, 500, 1_000] as const
const sizes = [5, 10, 20] as const

const merged = (updates: readonly LinkedDepthUpdate[], side: 'bids' | 'asks'): readonly Level[] => {
  const levels = new Map(updates.flatMap((update) => [...update[side]].map((level) => [level[0], level] as const)))
  const sign = side === 'bids' ? -1 : 1
  return [...levels.values()].sort(([a], [b]) => sign * (Number(a) - Number(b)))
}

/** One update that says what several said; `undefined` for none. */
const mergedUpdate = (updates: readonly LinkedDepthUpdate[]): LinkedDepthUpdate | undefined => {
  const [first, last] = [updates.at(0), updates.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const { firstUpdateId, previousUpdateId } = first
  return { ...last, firstUpdateId, previousUpdateId, bids: merged(updates, 'bids'), asks: merged(updates, 'asks') }
}

/** `usual` is the speed of the streams that name none, in ms. */
export const depthSpeeds = (symbol: string, usual: number): DepthSpeeds => {
  const prefix = `${symbol.toLowerCase()}@depth`
  const waiting = new Map<number, readonly LinkedDepthUpdate[]>(speeds.map((speed) => [speed, []]))
  let passed = 0

  const isDue = (speed: number) => Math.floor(passed / speed) > Math.floor((passed - TENTH) / speed)
  const suffixes = (speed: number) => [`@${speed}ms`, ...(speed === usual ? [''] : [])]

  return {
    tick: (update, snapshot) => {
      passed += TENTH
      return speeds.flatMap((speed) => {
        const updates = [...(waiting.get(speed) ?? []), ...(update === undefined ? [] : [update])]
        const due = speed === 0 || isDue(speed)
        waiting.set(speed, due ? [] : updates)
        if (!due || updates.length === 0) return []
        const partial = (size: number) => () => {
          const { bids, asks } = snapshot(size)
          return { ...mergedUpdate(updates), bids, asks }
        }
        return suffixes(speed).flatMap((suffix) => [
          { stream: `${prefix}${suffix}`, event: () => mergedUpdate(updates) },
          ...sizes.map((size) => ({ stream: `${prefix}${size}${suffix}`, event: partial(size) })),
        ])
      })
    },
  }
}
