import type { Signal } from '../../Signal.js'

/** Signals in order, and when each one happened: what the clock shows, `UNTIMED` where nothing says so. */
export interface Batch {
  readonly signals: readonly Signal[]
  readonly times: readonly number[]
}

/** Before every time: the clock stays where it is. */
export const UNTIMED = -Infinity
