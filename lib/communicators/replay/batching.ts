import type { Signal } from '../../Signal.js'
import type { Batch } from './Batch.js'

/** Puts signals into batches, each of one kind. */
export interface Batching {
  readonly push: (signal: Signal, at: number, kind: Batch['kind']) => void
  /** What follows is of this kind, if anything does: a batch begins, even where it stays empty. */
  readonly begin: (kind: Batch['kind']) => void
  /** What came since the last call, one batch at least. */
  readonly take: () => readonly Batch[]
}

export const batching = (): Batching => {
  let batches: Batch[] = []
  let signals: Signal[] = []
  let times: number[] = []
  let kind: Batch['kind']

  const cut = () => {
    batches.push({ signals, times, kind })
    signals = []
    times = []
  }

  const begin = (next: Batch['kind']) => {
    if (signals.length > 0 || typeof kind === 'object') cut()
    kind = next
  }

  return {
    begin,
    push: (signal, at, of) => {
      if (of !== kind) begin(of)
      signals.push(signal)
      times.push(at)
    },
    take: () => {
      cut()
      const all = batches
      batches = []
      return all
    },
  }
}
