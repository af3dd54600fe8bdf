import type { DepthSnapshot } from '../../events/DepthSnapshot.js'
import type { SnapshotOf } from './rest/answerDepth.js'

/** The books that REST tells: as they are, or as they were. */
export interface Snapshots {
  readonly of: SnapshotOf
  readonly freeze: (frozen: boolean) => void
}

/** More levels than any venue tells. */
const MOST = 5_000

const best = (snapshot: DepthSnapshot, limit: number): DepthSnapshot => ({
  ...snapshot,
  bids: [...snapshot.bids].slice(0, limit),
  asks: [...snapshot.asks].slice(0, limit),
})

export const snapshots = (symbols: readonly string[], source: SnapshotOf): Snapshots => {
  let frozen: ReadonlyMap<string, DepthSnapshot> | undefined
  return {
    of: (symbol, limit) => {
      const old = frozen?.get(symbol)
      return old === undefined ? source(symbol, limit) : best(old, limit)
    },
    freeze: (isFrozen) => {
      const now = symbols.flatMap((symbol) => {
        const snapshot = source(symbol, MOST)
        return snapshot === undefined ? [] : [[symbol, snapshot] as const]
      })
      frozen = isFrozen ? new Map(now) : undefined
    },
  }
}
