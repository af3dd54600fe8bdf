import type { Batch } from './Batch.js'
import type { WaitingFrames } from './WaitingFrames.js'

/** A batch that waits to be merged: of its signals, or of frames that are still to be made. */
export interface WaitingBatch extends Batch {
  readonly frames?: WaitingFrames | undefined
}

/**
 * Takes the next batch of what is at hand, which is valid until one more is taken; undefined where what follows is still
 * to be read.
 */
export type TakeBatch = () => WaitingBatch | undefined
