import type { Signal } from '../../Signal.js'

/** What becomes of an account's events; times in ms. */
export type Turn =
  /** Events come from now on. */
  | { readonly _tag: 'Carried'; readonly at: number }
  /** No events come any more, whatever is open. */
  | { readonly _tag: 'Lost'; readonly at: number; readonly reason: string }

/** What the keeper of an account tells: its signals, and between them what they mean for its events. */
export type Told = Signal | Turn

export const isTurn = (told: Told): told is Turn => told._tag === 'Carried' || told._tag === 'Lost'
