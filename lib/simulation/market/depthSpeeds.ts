import type { Level } from '../../codecs/Levels.js'
import type { DepthSnapshot } from '../../events/DepthSnapshot.js'
import type { LinkedDepthUpdate } from '../../events/DepthUpdate.js'
import type { Publication, Topic } from './Publication.js'

/** The depth streams of one symbol: differences and best levels, in every speed. */
export interface DepthSpeeds {
  /** What is due after one more tenth of a second, in which the book may have changed. */
  readonly tick: (
    at: number,
    update: LinkedDepthUpdate | undefined,
    snapshot: (limit: number) => DepthSnapshot,
  ) => readonly Publication[]
}

const TENTH = 100
const speeds = [0, 100, 250, 500, 1_000] as const
const sizes = [5, 10, 20] as const

/** The levels of several updates, the latest of each price, best first. */
const merged = (updates: readonly LinkedDepthUpdate[], side: 'bids' | 'asks'): readonly Level[] => {
  const levels = new Map(updates.flatMap((update) => [...update[side]].map((level) => [level[0], level] as const)))
  const sign = side === 'bids' ? -1 : 1
  return [...levels.values()].sort(([a], [b]) => sign * (Number(a) - Number(b)))
}

/** One update for several; `undefined` for none. */
const mergedUpdate = (updates: readonly LinkedDepthUpdate[]): LinkedDepthUpdate | undefined => {
  const [first, last] = [updates.at(0), updates.at(-1)]
  if (first === undefined || last === undefined || first === last) return first
  const { firstUpdateId, previousUpdateId } = first
  return { ...last, firstUpdateId, previousUpdateId, bids: merged(updates, 'bids'), asks: merged(updates, 'asks') }
}

/** `usual` is the speed of the streams whose names have none, in milliseconds. */
export const depthSpeeds = (symbol: string, usual: number): DepthSpeeds => {
  const streams = speeds.map((speed) => {
    const named = [{ symbol, speed: `${speed}ms` }, ...(speed === usual ? [{ symbol }] : [])]
    const topics = named.map((parameters) => ({
      differences: { kind: 'depth', parameters } satisfies Topic,
      best: sizes.map((levels) => ({
        levels,
        topic: { kind: 'partialDepth', parameters: { ...parameters, levels } } satisfies Topic,
      })),
    }))
    return { speed, topics, waiting: [] as readonly LinkedDepthUpdate[] }
  })
  let passed = 0

  const isDue = (speed: number) => speed === 0 || Math.floor(passed / speed) > Math.floor((passed - TENTH) / speed)

  return {
    tick: (at, update, snapshot) => {
      passed += TENTH
      return streams.flatMap((stream) => {
        const updates = update === undefined ? stream.waiting : [...stream.waiting, update]
        stream.waiting = isDue(stream.speed) ? [] : updates
        if (!isDue(stream.speed) || updates.length === 0) return []
        return stream.topics.flatMap(({ differences, best }) => [
          { at, topic: differences, event: () => mergedUpdate(updates) },
          ...best.map(({ levels, topic }) => ({
            at,
            topic,
            event: () => {
              const { bids, asks } = snapshot(levels)
              return { ...mergedUpdate(updates), bids, asks }
            },
          })),
        ])
      })
    },
  }
}
