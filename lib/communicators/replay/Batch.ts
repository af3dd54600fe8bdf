import type { Signal } from '../../Signal.js'

/** What a part of a recording begins with: it says again what was so after the record of this time, in ms. */
export interface Restated {
  readonly after: number | undefined
  /** The order books are among it. */
  readonly hasBooks: boolean
}

/** Signals in order, and when each one happened: what the clock shows, `UNTIMED` where nothing says so. */
export interface Batch {
  readonly signals: Signal[]
  readonly times: readonly number[]
  /** Of what is merged, where each of them came from. */
  readonly of?: readonly number[]
  /** They are not simply played: they came before `from`, or are said again. */
  readonly kind?: 'skipped' | Restated | undefined
}

/**
 * Lets go of signals that were played. V8 learns how long objects of a kind live, and may put a batch where a full
 * collection alone finds it: until then all that it holds lives on, too, and V8 learns that as well.
 */
export const letGo = ({ signals }: Batch): void => {
  signals.length = 0
}

/** Before every time: the clock stays where it is. */
export const UNTIMED = -Infinity
