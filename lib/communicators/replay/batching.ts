import type { Signal, Source } from '../../Signal.js'
import type { Batch } from './Batch.js'
import type { RawText } from './RawText.js'
import type { WaitingBatch } from './WaitingBatch.js'
import { WaitingFrames } from './WaitingFrames.js'

/** Puts signals into batches, each of one kind. */
export interface Batching {
  readonly push: (signal: Signal, at: number, kind: Batch['kind']) => void
  /** A frame that is made later. */
  readonly wait: (text: RawText, offset: number, at: number, source: Source, kind: Batch['kind']) => void
  /** What follows is of this kind, if anything does: a batch begins, even where it stays empty. */
  readonly begin: (kind: Batch['kind']) => void
  /** What came since the last call, one batch at least; frames of batches that were taken before are gone. */
  readonly take: () => readonly WaitingBatch[]
}

export const batching = (): Batching => {
  let batches: WaitingBatch[] = []
  let signals: Signal[] = []
  let times: number[] = []
  let frames: WaitingFrames | undefined
  let kind: Batch['kind']
  /** They are used again and again. */
  const all: WaitingFrames[] = []
  let used = 0

  const cut = () => {
    batches.push({ signals, times, kind, frames })
    signals = []
    times = []
    frames = undefined
  }

  const begin = (next: Batch['kind']) => {
    if (signals.length > 0 || frames !== undefined || typeof kind === 'object') cut()
    kind = next
  }

  const waiting = (): WaitingFrames => {
    const next = (all[used] ??= new WaitingFrames())
    used += 1
    next.clear()
    return next
  }

  return {
    begin,
    push: (signal, at, of) => {
      if (of !== kind || frames !== undefined) begin(of)
      signals.push(signal)
      times.push(at)
    },
    wait: (text, offset, at, source, of) => {
      if (of !== kind || signals.length > 0 || frames?.takes(text) === false) begin(of)
      frames ??= waiting()
      frames.add(text, offset, at, source)
    },
    take: () => {
      cut()
      used = 0
      const taken = batches
      batches = []
      return taken
    },
  }
}
