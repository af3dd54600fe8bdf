import { openConnections } from '../communicators/openConnections.js'
import type { Signal } from '../Signal.js'

/** The signals of the last while, and which connections were open before them. */
export interface RecentSignals {
  readonly add: (signal: Signal) => void
  /** What was open before the first that is kept, as statuses, and then all that are kept. */
  readonly all: () => readonly Signal[]
}

/** Keeps signals for `span` ms by their own times, and no more than `most`. */
export const recentSignals = (span: number, most: number): RecentSignals => {
  const before = openConnections()
  let kept: Signal[] = []
  let first = 0

  const dropOldest = () => {
    const oldest = kept[first]
    if (oldest !== undefined) before.heard(oldest)
    first++
    // Each signal is moved once on average.
    if (first * 2 < kept.length) return
    kept = kept.slice(first)
    first = 0
  }
  return {
    add: (signal) => {
      kept.push(signal)
      const since = signal.receivedAt - span
      while ((kept[first]?.receivedAt ?? Infinity) < since || kept.length - first > most) dropOldest()
    },
    all: () => {
      const [oldest] = kept.slice(first, first + 1)
      return oldest === undefined ? [] : [...before.restated(oldest.receivedAt), ...kept.slice(first)]
    },
  }
}
